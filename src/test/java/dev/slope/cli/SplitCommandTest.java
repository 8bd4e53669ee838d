package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Rows that train, rows that are watched and rows that only measure, from the command line. */
class SplitCommandTest {
  private static final int ROWS = 600;

  @TempDir Path folder;

  /** y = 3 x - 1 and a wave; part and customer say where a row may go. */
  private static List<String> table(double change) {
    List<String> lines = new ArrayList<>(List.of("x,y,customer,part"));
    for (int row = 0; row < ROWS; row++) {
      boolean last = row >= ROWS * 3 / 4;
      double x = row % 37 / 10.0 + (last ? change : 0);
      double y = 3 * x - 1 + Math.sin(row) + (last ? 10 * change : 0);
      lines.add(
          String.format(Locale.ROOT, "%s,%s,c%d,%s", x, y, row / 3, last ? "validation" : "train"));
    }
    return lines;
  }

  private CommandResult train(String data, String more) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("run.json"),
            """
            {"data": {"train": "rows.csv" %s}, "label": "y", %s "report": {"plots": false}}
            """
                .formatted(data, more));
    return CommandResult.of("train", config, "--models", folder.resolve("models"), "--json");
  }

  private static final String LINEAR =
      """
      "features": {"x": "numeric"}, "model": "linear_regression",
      "training": {"optimizer": {"type": "gradient_descent", "learning_rate": 0.1}, "epochs": 20},
      """;

  private void rows(double change) throws IOException {
    Files.write(folder.resolve("rows.csv"), table(change));
  }

  private JsonNode trained(String data, String more) throws IOException {
    CommandResult result = train(data, more);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.json();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 480, 120, 0",
    "'{\"method\": \"none\"}', 600, 0, 0",
    "'{\"method\": \"random\", \"validation\": 0.25, \"test\": 0.05}', 420, 150, 30",
    "'{\"method\": \"sequential\", \"validation\": 0, \"test\": 0.1}', 540, 0, 60",
    "'{\"method\": \"column\", \"column\": \"part\"}', 450, 150, 0"
  })
  void everyMethodTrainsAndMeasures(String split, long train, long validation, long test)
      throws IOException {
    rows(0);

    JsonNode result = trained(split.isEmpty() ? "" : ", \"split\": " + split, LINEAR);

    assertThat(result.get("rows").asLong()).isEqualTo(train);
    assertThat(result.at("/validation/rows").asLong(0)).isEqualTo(validation);
    assertThat(result.at("/test/rows").asLong(0)).isEqualTo(test);
    JsonNode inspected = CommandResult.of("inspect", folder.resolve("models/run"), "--json").json();
    assertThat(inspected.at("/metrics/validation").isMissingNode()).isEqualTo(validation == 0);
    assertThat(inspected.at("/provenance/rows/test").asLong()).isEqualTo(test);
  }

  /** Three rows of a customer share one part: the counts are threes. */
  @Test
  void hashKeepsEqualValuesTogether() throws IOException {
    rows(0);

    JsonNode result =
        trained(
            ", \"split\": {\"method\": \"hash\", \"column\": \"customer\", \"test\": 0.2}", LINEAR);

    assertThat(result.get("rows").asLong() % 3).isZero();
    assertThat(result.at("/validation/rows").asLong()).isBetween(72L, 168L);
    assertThat(result.at("/validation/rows").asLong() % 3).isZero();
    assertThat(result.at("/test/rows").asLong()).isBetween(72L, 168L);
  }

  /** Other values in rows that don't train change their metrics and nothing that was fitted. */
  @ParameterizedTest
  @CsvSource({
    "'{\"method\": \"column\", \"column\": \"part\"}'",
    "'{\"method\": \"sequential\", \"validation\": 0.25}'"
  })
  void nothingIsLearntFromOtherRows(String split) throws IOException {
    rows(0);
    JsonNode before = trained(", \"split\": " + split, LINEAR);
    rows(5);
    JsonNode after = trained(", \"split\": " + split, LINEAR);

    Path models = folder.resolve("models/run");
    for (String file :
        List.of("assets.extra/model.json", "variables/variables.data-00000-of-00001")) {
      assertThat(models.resolve("2/" + file))
          .as(file)
          .hasSameBinaryContentAs(models.resolve("1/" + file));
    }
    assertThat(after.get("metrics")).isEqualTo(before.get("metrics"));
    assertThat(after.at("/validation/metrics/mse").asDouble())
        .isGreaterThan(100 * before.at("/validation/metrics/mse").asDouble());
  }

  /** What evaluate says of the same rows; the objective of least squares is their mean square. */
  @Test
  void validationMetricsAreThoseOfItsRows() throws IOException {
    rows(0);
    List<String> all = table(0);
    List<String> held = new ArrayList<>(List.of(all.get(0)));
    held.addAll(all.subList(1 + ROWS * 3 / 4, 1 + ROWS));
    Path file = Files.write(folder.resolve("held.csv"), held);

    JsonNode result =
        trained(", \"split\": {\"method\": \"sequential\", \"validation\": 0.25}", LINEAR);
    JsonNode evaluated =
        CommandResult.of("evaluate", folder.resolve("models/run"), file, "--json").json();

    double mse = evaluated.at("/metrics/mse").asDouble();
    assertThat(result.at("/validation/metrics/mse").asDouble()).isCloseTo(mse, within(1e-5 * mse));
    assertThat(result.at("/validation/metrics/loss").asDouble()).isCloseTo(mse, within(1e-5 * mse));
  }

  @Test
  void everyEpochWatchesTheValidationRows() throws IOException {
    rows(0);
    String split = ", \"split\": {\"method\": \"sequential\", \"validation\": 0.25}";
    trained(split, LINEAR.replace("\"epochs\"", "\"plan\": \"full_batch\", \"epochs\""));
    trained(split, LINEAR.replace("\"epochs\"", "\"plan\": \"gram\", \"epochs\""));

    List<Double> overRows = validationLosses(1);
    List<Double> summedUp = validationLosses(2);

    assertThat(overRows).hasSize(20);
    // The first epoch starts from zeros: the mean of y^2 of the last 150 rows.
    double squares = 0;
    for (int row = ROWS * 3 / 4; row < ROWS; row++) {
      double y = 3 * (row % 37 / 10.0) - 1 + Math.sin(row);
      squares += y * y;
    }
    assertThat(overRows.get(0)).isCloseTo(squares / 150, within(1e-4));
    for (int epoch = 0; epoch < 20; epoch++) {
      assertThat(summedUp.get(epoch))
          .isCloseTo(overRows.get(epoch), within(1e-4 * overRows.get(epoch)));
    }
  }

  private List<Double> validationLosses(int version) throws IOException {
    return Files.readAllLines(folder.resolve("models/run/" + version + "/assets.extra/history.csv"))
        .stream()
        .skip(1)
        .map(line -> Double.parseDouble(line.split(",", -1)[2]))
        .toList();
  }

  /** The last rows fall where the first rise: the longer it trains, the worse for them. */
  @Test
  void patienceWatchesTheValidationRows() throws IOException {
    List<String> lines = new ArrayList<>(List.of("x,y"));
    for (int row = 0; row < 100; row++) {
      int x = row % 10;
      lines.add(x + "," + (row < 80 ? 2 * x : -2 * x));
    }
    Files.write(folder.resolve("rows.csv"), lines);

    JsonNode result =
        trained(
            ", \"split\": {\"method\": \"sequential\"}",
            LINEAR.replace("20}", "500, \"stop\": {\"patience\": 3}}"));

    assertThat(result.get("stop_reason").asString()).isEqualTo("patience");
    // Zeros are best for them, and the third epoch without a lower loss is the fourth.
    assertThat(result.get("epochs").asLong()).isEqualTo(4);
    assertThat(result.at("/outputs/0/coefficients/0/value").asDouble()).isZero();
  }

  @Test
  void sourcesOfTheirOwnAreMeasured() throws IOException {
    rows(0);
    Files.writeString(folder.resolve("v.csv"), "y,x\n2,1\n5,2\n");
    Files.writeString(folder.resolve("t.csv"), "x,y,more\n1,2,a\n");

    JsonNode result = trained(", \"validation\": \"v.csv\", \"test\": \"t.csv\"", LINEAR);

    assertThat(result.get("rows").asLong()).isEqualTo(ROWS);
    assertThat(result.at("/validation/rows").asLong()).isEqualTo(2);
    assertThat(result.at("/test/rows").asLong()).isEqualTo(1);
    double intercept = result.at("/outputs/0/intercept").asDouble();
    double slope = result.at("/outputs/0/coefficients/0/value").asDouble();
    double error = intercept + slope - 2;
    assertThat(result.at("/test/metrics/mse").asDouble()).isCloseTo(error * error, within(1e-5));

    Files.writeString(folder.resolve("t.csv"), "x,z\n1,2\n");
    CommandResult missing = train(", \"test\": \"t.csv\"", LINEAR);
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).endsWith("slope: t.csv has no column 'y'; did you mean 'x'?\n");
  }

  @Test
  void expectationsAreOfValidationWhereThereIsAny() throws IOException {
    rows(0);
    String expect =
        """
        "expect": {"mse": {"max": 0}, "train.mse": {"max": 0}, "validation.mse": {"max": 0},
                   "test.mse": {"max": 0}},
        """;
    CommandResult result =
        train(", \"split\": {\"method\": \"random\", \"test\": 0.1}", expect + LINEAR);

    assertThat(result.exitCode()).isEqualTo(3);
    List<String> missed = new ArrayList<>();
    result.json().get("missed").forEach(miss -> missed.add(miss.asString()));
    String validation = result.json().at("/validation/metrics/mse").asString();
    assertThat(missed).hasSize(4);
    assertThat(missed.get(0)).startsWith("mse must be <= 0, but was ").endsWith(validation);
    assertThat(missed.get(1)).endsWith(result.json().at("/metrics/mse").asString());
    assertThat(missed.get(2)).startsWith("validation.mse ").endsWith(validation);
    assertThat(missed.get(3)).endsWith(result.json().at("/test/metrics/mse").asString());
  }

  @Test
  void anExpectationOfRowsThatThereAreNotSaysSo() throws IOException {
    Files.writeString(folder.resolve("rows.csv"), "x,y\n1,2\n2,4\n");

    CommandResult result = train("", "\"expect\": {\"validation.r2\": {\"min\": 0}}," + LINEAR);

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .endsWith(
            "slope: expected validation.r2 must be >= 0, but is undefined: there are no validation"
                + " rows; see /data/validation and /data/split\n");
  }

  @Test
  void theSummaryCountsTheRowsOfEachPart() throws IOException {
    rows(0);
    train("", LINEAR);
    CommandResult result =
        CommandResult.of("train", folder.resolve("run.json"), "--models", folder.resolve("models"));

    assertThat(result.err())
        .startsWith(
            """
            data: rows.csv, 600 rows, 1 feature, 1 label
            rows: 480 training and 120 validation rows
            """);
    assertThat(result.out())
        .contains("  480 training and 120 validation rows, 20 epochs in ")
        .contains("     training     baseline   validation     baseline\n")
        .containsPattern("\n  loss +\\d\\S+ +\\d\\S+\n  mse +\\d\\S+ +\\d\\S+ +\\d\\S+ +\\d\\S+\n");
  }

  @Test
  void newtonMeasuresTheValidationRows() throws IOException {
    rows(0);

    JsonNode result =
        trained(
            "",
            "\"features\": {\"x\": \"numeric\"}, \"model\": \"linear_regression\","
                + " \"training\": {\"optimizer\": \"newton\"},");

    assertThat(result.at("/validation/metrics/loss").asDouble())
        .isCloseTo(
            result.at("/validation/metrics/mse").asDouble(),
            within(1e-5 * result.at("/validation/metrics/mse").asDouble()));
  }

  /** 12 of one class in 600: a fifth of them, rounded, validates whatever the seed. */
  @Test
  void classesAreSplitOneByOne() throws IOException {
    List<String> lines = new ArrayList<>(List.of("x,y"));
    for (int row = 0; row < ROWS; row++) {
      lines.add(row + "," + (row % 50 == 7 ? 1 : 0));
    }
    Files.write(folder.resolve("rows.csv"), lines);

    JsonNode result =
        trained("", LINEAR.replace("linear_regression", "logistic_regression") + "\"seed\": 9,");

    assertThat(result.at("/validation/classes/1/rows").asLong()).isEqualTo(2);
    assertThat(result.at("/validation/classes/0/rows").asLong()).isEqualTo(118);
  }

  @Test
  void aClassThatNoTrainingRowIsOfIsNamed() throws IOException {
    Files.writeString(
        folder.resolve("rows.csv"), "x,y\n1,0\n2,1\n3,0\n4,1\n5,0\n6,1\n7,0\n8,1\n9,0\n10,2\n");

    CommandResult result =
        train(
            ", \"split\": {\"method\": \"sequential\"}",
            LINEAR.replace("linear_regression", "softmax_regression"));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .endsWith(
            "slope: rows.csv, row 10: 'y' must be one of the model's classes [0, 1], but was '2':"
                + " no training row is of it; split otherwise (/data/split), or leave the class"
                + " out\n");
  }

  /** 1 of weight 3 is right and 1 of weight 1 is wrong by 2: (3 * 0 + 1 * 4) / 4 = 1. */
  @Test
  void evaluateWeighsRowsWhereTheDataHaveTheColumn() throws IOException {
    Files.writeString(folder.resolve("rows.csv"), "x,y,w\n0,1,1\n1,3,2\n2,5,1\n");
    trained(
        "",
        """
        "weight_column": "w", "model": "linear_regression",
        "training": {"optimizer": "newton"},
        """);
    Path model = folder.resolve("models/run");
    Path weighed = Files.writeString(folder.resolve("e.csv"), "x,y,w\n3,7,3\n4,11,1\n");
    Path even = Files.writeString(folder.resolve("f.csv"), "x,y\n3,7\n4,11\n");

    assertThat(mse(model, weighed)).isCloseTo(1, within(1e-5));
    assertThat(mse(model, even)).isCloseTo(2, within(1e-5));
  }

  private static double mse(Path model, Path data) {
    CommandResult result = CommandResult.of("evaluate", model, data, "--json");
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.json().at("/metrics/mse").asDouble();
  }
}
