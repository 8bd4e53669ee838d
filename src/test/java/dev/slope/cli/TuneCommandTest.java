package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.Json;
import dev.slope.data.RowFolds;
import dev.slope.data.RowParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A search from the command line: what it tries, prints, writes and refuses. */
class TuneCommandTest {
  private static final int ROWS = 60;
  private static final String HEAD = "x,size,y";

  @TempDir Path folder;

  /** y = 3 x - 1 and a wave; x is missing in every ninth row, huge in one, and one size is rare. */
  private static List<String> table() {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      double x = row == 7 ? 80 : row % 13 / 2.0;
      String size = row == 20 ? "rare" : row % 3 == 0 ? "small" : "large";
      lines.add(
          String.format(
              Locale.ROOT,
              "%s,%s,%.4f",
              row % 9 == 4 ? "" : x,
              size,
              3 * x - 1 + 5 * Math.sin(row)));
    }
    return lines;
  }

  private Path config(String name, String data, String training, String tune) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        """
        {"name": "run", "data": {"train": "%s"}, "label": "y",
         "features": {"x": {"type": "numeric", "scaling": "min_max"}, "size": "categorical"},
         "model": {"type": "linear_regression", "l2": 0.1}, "training": %s,
         %s "report": {"plots": false}}
        """
            .formatted(data, training, tune));
  }

  private void rows(String name, Stream<String> lines) throws IOException {
    Files.write(folder.resolve(name), Stream.concat(Stream.of(HEAD), lines).toList());
  }

  private CommandResult tune(Path config, Object... options) {
    return CommandResult.of(
        Stream.concat(
                Stream.of("tune", config, "--models", folder.resolve("models")),
                Arrays.stream(options))
            .toArray());
  }

  private static String section(String parameters, String more) {
    return "\"tune\": {\"parameters\": " + parameters + more + "},";
  }

  /**
   * Each fold's metric is that of a model trained by itself on a file of the other rows, and
   * evaluated on a file of its own: scale, vocabulary and what stands for missing numbers are those
   * of the other rows alone.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"optimizer\": \"newton\"}",
        "{\"epochs\": 300, \"optimizer\": {\"type\": \"gradient_descent\", \"learning_rate\": 0.3}}"
      })
  void aFoldIsLearntFromTheOtherRowsAlone(String training) throws IOException {
    List<String> all = table();
    assertFoldsAreTrainedApart(all, training);
  }

  /** Without missing numbers or rare sizes the folds differ in scale alone and train together. */
  @Test
  void foldsThatTrainTogetherAreThoseTrainedApart() throws IOException {
    List<String> all =
        table().stream()
            .map(line -> line.startsWith(",") ? "2.5" + line : line)
            .map(line -> line.replace("rare", "large"))
            .toList();

    assertFoldsAreTrainedApart(
        all,
        "{\"epochs\": 300, \"optimizer\": {\"type\": \"gradient_descent\", \"learning_rate\": 0.3}}");
  }

  private void assertFoldsAreTrainedApart(List<String> all, String training) throws IOException {
    rows("rows.csv", all.stream());
    Path config =
        config(
            "run.json",
            "rows.csv",
            training,
            section("{\"/model/l2\": [0.01, 1]}", ", \"folds\": 4, \"metric\": \"mae\""));

    CommandResult result = tune(config, "--json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    int[] folds = RowFolds.draw(RowParts.training(ROWS), 4, null, 0).ofTrainingRows();
    for (int fold = 0; fold < 4; fold++) {
      int held = fold;
      rows("held.csv", range().filter(i -> folds[i] == held).map(all::get));
      rows("other.csv", range().filter(i -> folds[i] != held).map(all::get));
      Path alone = config("alone.json", "other.csv", training, "");
      for (int setting = 0; setting < 2; setting++) {
        CommandResult trained =
            CommandResult.of(
                "train",
                alone,
                "--models",
                folder.resolve("alone"),
                "--set",
                "/model/l2=" + (setting == 0 ? "0.01" : "1"));
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        JsonNode evaluated =
            CommandResult.of(
                    "evaluate", folder.resolve("alone/run"), folder.resolve("held.csv"), "--json")
                .json();
        double mae = evaluated.at("/metrics/mae").asDouble();
        assertThat(
                result
                    .json()
                    .at("/tuning/settings/" + setting + "/folds/" + fold + "/metric")
                    .asDouble())
            .as("setting " + setting + ", fold " + fold)
            .isCloseTo(mae, within(2e-4 * mae));
      }
    }
  }

  private static Stream<Integer> range() {
    return Stream.iterate(0, row -> row < ROWS, row -> row + 1);
  }

  /** The best setting is trained and exported as its config, which is written, would be. */
  @Test
  void theBestSettingIsTrainedAndExported() throws IOException {
    rows("rows.csv", table().stream());
    Path config =
        config(
            "run.json",
            "rows.csv",
            "{\"optimizer\": \"newton\"}",
            section(
                "{\"/model/l2\": [0.001, 100], \"/model/fit_intercept\": [true, false]}",
                ", \"folds\": 3"));
    Path best = Files.createDirectory(folder.resolve("best")).resolve("run.json");

    CommandResult result = tune(config, "-o", best);
    CommandResult trained =
        CommandResult.of("train", best, "--models", folder.resolve("again"), "--json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .containsPattern(
            """
            ^run: 4 settings, 3 folds of 60 rows, \\d+\\.\\d{3} s

                 setting  /model/l2  /model/fit_intercept +mse +deviation
              \\* +\\d +0\\.001 +(true|false) +\\S+ +\\S+
            """)
        .contains("\n  exported to " + folder.resolve("models/run/1") + "\n");
    assertThat(result.err())
        .contains("tuning: 4 settings, 12 trainings, compared by mse\n")
        .contains("training 12/12\n")
        .contains("the config of the best setting is in " + best + "\n");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    Path extra = folder.resolve("models/run/1/assets.extra");
    assertThat(extra.resolve("model.json"))
        .hasSameBinaryContentAs(folder.resolve("again/run/1/assets.extra/model.json"));
    JsonNode written = Json.mapper().readTree(Files.readAllBytes(extra.resolve("config.json")));
    assertThat(written.has("tune")).isFalse();
    JsonNode tuning = Json.mapper().readTree(Files.readAllBytes(extra.resolve("tuning.json")));
    JsonNode chosen = tuning.get("settings").get(tuning.get("best").asInt() - 1);
    assertThat(written.at("/model/l2").asDouble())
        .isEqualTo(chosen.get("values").get("/model/l2").asDouble());
    assertThat(best.resolveSibling("run.tuning.json"))
        .hasSameBinaryContentAs(extra.resolve("tuning.json"));
    assertThat(best.resolveSibling("run.tuning.csv"))
        .hasSameBinaryContentAs(extra.resolve("tuning.csv"));
    assertThat(Files.readAllLines(extra.resolve("tuning.csv")).get(0))
        .isEqualTo(
            "setting,/model/l2,/model/fit_intercept,mse,standard_deviation,fold_1,fold_2,fold_3,failure");
  }

  @Test
  void aFileIsReplacedOnlyWhereThatIsAskedFor() throws IOException {
    rows("rows.csv", table().stream());
    Path config =
        config("run.json", "rows.csv", "{}", section("{\"/model/l2\": [1]}", ", \"folds\": 2"));
    String before = Files.readString(config);

    CommandResult result = tune(config, "-o", config);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("it exists; --force replaces it");
    assertThat(config).hasContent(before);
    assertThat(folder.resolve("models")).doesNotExist();
  }

  /** What must diverge is in the table with its reason; the others go on. */
  @ParameterizedTest
  @ValueSource(strings = {"gram", "full_batch"})
  void settingsThatDivergeEndNothing(String plan) throws IOException {
    rows("rows.csv", table().stream());
    Path config =
        config(
            "run.json",
            "rows.csv",
            "{\"epochs\": 50, \"optimizer\": \"gradient_descent\", \"plan\": \"" + plan + "\"}",
            section("{\"/training/optimizer/learning_rate\": [1e6, 0.1]}", ", \"folds\": 2"));

    CommandResult result = tune(config, "--json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode tuning = result.json().get("tuning");
    assertThat(tuning.get("best").asInt()).isEqualTo(2);
    assertThat(tuning.at("/settings/0").has("mean")).isFalse();
    assertThat(tuning.at("/settings/0/failure").asString()).startsWith("fold 1: ");
    assertThat(tuning.at("/settings/1").has("failure")).isFalse();
  }

  @Test
  void whereAllDivergeNothingIsExported() throws IOException {
    rows("rows.csv", table().stream());
    Path config =
        config(
            "run.json",
            "rows.csv",
            "{\"epochs\": 50, \"optimizer\": \"gradient_descent\"}",
            section("{\"/training/optimizer/learning_rate\": [1e6, 1e7]}", ", \"folds\": 2"));

    CommandResult result = tune(config);

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .contains(
            "slope: none of the 2 settings has a mse, so none is best; setting"
                + " /training/optimizer/learning_rate=1e6: fold 1: ");
    assertThat(Folders.contents(folder.resolve("models"))).isEmpty();
  }

  /**
   * Another scaling is read and learnt anew, and may be worse or better; here an outlier decides.
   */
  @Test
  void featuresCanBeTried() throws IOException {
    rows("rows.csv", table().stream());
    Path config =
        config(
            "run.json",
            "rows.csv",
            "{\"optimizer\": \"newton\"}",
            section(
                "{\"/features/x\": [{\"type\": \"numeric\", \"clip\": [0, 1]}, \"numeric\"],"
                    + " \"/model/l2\": [1e-3, 1e-2]}",
                ", \"folds\": 3"));

    CommandResult result = tune(config, "--json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode tuning = result.json().get("tuning");
    assertThat(tuning.get("best").asInt()).isGreaterThan(2);
    assertThat(tuning.at("/settings/0/values").get("/features/x").get("clip").get(1).asInt())
        .isEqualTo(1);
    assertThat(tuning.at("/settings/2/values").get("/features/x").asString()).isEqualTo("numeric");
  }

  /** Without folds the metric is what train says of the validation rows. */
  @Test
  void validationRowsMeasureWhereThereAreNoFolds() throws IOException {
    rows("rows.csv", table().stream());
    Path config =
        config(
            "run.json",
            "rows.csv\", \"split\": {\"method\": \"random\", \"validation\": 0.25}, \"test\": \"rows.csv",
            "{\"optimizer\": \"newton\"}",
            section("{\"/model/l2\": [0.01, 0.1]}", ""));

    CommandResult result = tune(config, "--json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode tuning = result.json().get("tuning");
    assertThat(tuning.get("held_out_rows").asInt()).isEqualTo(15);
    assertThat(tuning.has("folds")).isFalse();
    int best = tuning.get("best").asInt();
    double mse = result.json().at("/training/validation/metrics/mse").asDouble();
    assertThat(tuning.at("/settings/" + (best - 1) + "/mean").asDouble())
        .isCloseTo(mse, within(1e-5 * mse));
  }

  @Test
  void aDryRunPrintsTheSettings() throws IOException {
    rows("rows.csv", table().stream());
    Path config =
        config(
            "run.json",
            "rows.csv",
            "{\"optimizer\": \"newton\"}",
            section(
                "{\"/model/l2\": {\"from\": 1e-2, \"to\": 1, \"count\": 3, \"scale\": \"log\"}}",
                ", \"folds\": 5"));

    CommandResult result = tune(config, "--dry-run");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            run: nothing was trained
              3 settings, 5 folds of 60 rows, compared by mse

              setting  /model/l2
                    1       0.01
                    2        0.1
                    3          1
            """);
    assertThat(folder.resolve("models")).doesNotExist();
  }

  @Test
  void theSameSeedFindsTheSame() throws IOException {
    rows("rows.csv", table().stream());
    Path config =
        config(
            "run.json",
            "rows.csv",
            "{\"epochs\": 20}",
            section(
                "{\"/model/l2\": {\"from\": 1e-4, \"to\": 1, \"scale\": \"log\"}}",
                ", \"folds\": 3, \"search\": {\"type\": \"random\", \"trials\": 5}"));

    JsonNode first = tune(config, "--json").json().get("tuning");
    JsonNode again = tune(config, "--json").json().get("tuning");
    JsonNode other = tune(config, "--json", "--set", "/seed=1").json().get("tuning");

    assertThat(first.get("settings")).hasSize(5);
    assertThat(again).isEqualTo(first);
    assertThat(other.get("settings").get(0).get("values"))
        .isNotEqualTo(first.get("settings").get(0).get("values"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"/model/l2\": [1, -1]} | setting /model/l2=-1: /model/l2 must be >= 0, but was -1",
        "{\"/model/l1\": [0, 1]} | setting /model/l1=1: /model/l1 must be 0 for newton, but was 1.0; use l2, or the optimizer 'gradient_descent'",
        "{\"/model/l3\": [0, 1]} | /model/l3 is not a known key; did you mean 'l1'?",
        "{\"/model\": [\"linear_regression\", \"huber_regression\"]} | /tune/metric is required where models of several types are compared, of which one has mse by default and huber_regression, of setting /model=\"huber_regression\", mae",
        "{\"/model\": [\"linear_regression\"]}, \"metric\": \"auc\" | /tune/metric must be a metric of linear_regression, of setting /model=\"linear_regression\", but was auc; its metrics: "
      })
  void settingsThatAreNoConfigsAreRefusedBeforeAnythingIsRead(String parameters, String message)
      throws IOException {
    Path config =
        config(
            "run.json",
            "nowhere.csv",
            "{\"optimizer\": \"newton\"}",
            section(parameters, ", \"folds\": 2"));

    CommandResult result = tune(config);

    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(message);
  }

  @Test
  void saysWhatASearchNeeds() throws IOException {
    Path none = config("run.json", "rows.csv", "{}", "");
    Path piped = config("piped.json", "-", "{}", section("{\"/model/l2\": [1]}", ", \"folds\": 2"));
    rows("rows.csv", table().stream());
    Path unsplit = config("unsplit.json", "rows.csv", "{}", section("{\"/model/l2\": [1]}", ""));

    assertThat(tune(none).exitCode()).isEqualTo(2);
    assertThat(tune(none).err()).contains("has no section 'tune', which says what to search for");
    assertThat(tune(piped).exitCode()).isEqualTo(2);
    assertThat(tune(piped).err()).contains("standard input can be read but once");
    assertThat(tune(unsplit).exitCode()).isEqualTo(1);
    assertThat(tune(unsplit).err())
        .contains(
            "rows.csv: no row validates, so that nothing would compare settings; give /tune/folds");
    assertThat(tune(none, "--force").err()).contains("--force needs -o FILE");
  }

  @Test
  void trainSaysThatItHasNoUseForASearch() throws IOException {
    rows("rows.csv", table().stream());
    Path config =
        config("run.json", "rows.csv", "{}", section("{\"/model/l2\": [1]}", ", \"folds\": 2"));

    CommandResult result = CommandResult.of("train", config, "--models", folder.resolve("models"));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .startsWith(
            "note: the section 'tune' is for slope tune; this trains the config as it is\n");
  }

  @Test
  void aGateThatIsMissedKeepsTheTable() throws IOException {
    rows("rows.csv", table().stream());
    Path config =
        config(
            "run.json",
            "rows.csv",
            "{\"optimizer\": \"newton\"}",
            section("{\"/model/l2\": [1]}", ", \"folds\": 2"));

    CommandResult result = tune(config, "--set", "/gate/metrics={\"mse\": {\"max\": 0}}");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).startsWith("run: 1 settings, 2 folds of 60 rows");
    assertThat(result.err()).contains("slope: the gate is closed, nothing was exported: mse must");
  }
}
