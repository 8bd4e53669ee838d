package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training says that can't be, and that it leaves nothing behind. */
class TrainFailureTest {
  private static final String CONFIG =
      """
      {
        "data": {"train": "houses.csv"},
        "label": "price",
        "model": "linear_regression",
        "training": {
          "optimizer": {"type": "gradient_descent", "learning_rate": 0.1},
          "epochs": 3
        }
      }
      """;

  private static final String HOUSES = "area,rooms,price\n50,2,100\n70,3,150\n90,3,180\n";

  @TempDir Path folder;

  /**
   * Whatever went wrong, no model is there: no version, no hidden folder, not even an empty one.
   */
  @AfterEach
  void leavesNothingBehind() throws IOException {
    assertThat(Folders.contents(models())).isEmpty();
    assertThat(models()).doesNotExist();
  }

  @Test
  void aConfigThatIsMissing() {
    assertFails(2, "config " + config() + " does not exist", train());
  }

  @Test
  void aConfigThatIsNotJson() throws IOException {
    CommandResult result = train("label: price\n");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith(
            "slope: 1 problem in "
                + config()
                + ":\n  line 1: not JSON: Unrecognized token 'label'");
  }

  @Test
  void aKeyThatIsUnknown() throws IOException {
    assertConfigProblem(
        CONFIG.replace("epochs", "epoch"),
        """
        1 problem in %s:
          line 7: /training/epoch is not a known key; did you mean 'epochs'?\
        """);
  }

  @Test
  void aValueOfTheWrongType() throws IOException {
    assertConfigProblem(
        CONFIG.replace("0.1", "\"0.1\""),
        """
        1 problem in %s:
          line 6: /training/optimizer/learning_rate must be a number or one of [auto, line_search], but was '0.1'\
        """);
  }

  @Test
  void aKeyThatIsWrittenTwice() throws IOException {
    assertConfigProblem(
        CONFIG.replace("\"label\": \"price\",", "\"label\": \"price\",\n  \"label\": \"rooms\","),
        """
        1 problem in %s:
          line 4: /label is written twice, first on line 3; keep one\
        """);
  }

  @Test
  void aRangeThatIsImpossible() throws IOException {
    assertConfigProblem(
        CONFIG
            .replace(
                "\"houses.csv\"",
                """
                {"type": "synthetic", "equation": "price = 2*area",
                 "variables": {"area": {"from": 10, "to": 0, "step": 1}}}\
                """)
            .replace("3", "0"),
        """
        2 problems in %s:
          line 3: /data/train/variables/area must have from <= to, but was 10.0 > 0.0
          line 8: /training/epochs must be >= 1, but was 0\
        """);
  }

  @Test
  void aTypeThatIsUnknown() throws IOException {
    assertConfigProblem(
        CONFIG.replace("\"gradient_descent\"", "\"gradient_decent\""),
        """
        1 problem in %s:
          line 6: /training/optimizer/type must be one of [gradient_descent, momentum, adagrad, adam, rmsprop, ftrl, lbfgs, newton], but was 'gradient_decent'; did you mean 'gradient_descent'?\
        """);
  }

  @Test
  void aDataFileThatIsMissing() throws IOException {
    assertFails(
        1,
        "houses.csv does not exist; it was looked for at " + folder.resolve("houses.csv"),
        train(CONFIG));
  }

  @Test
  void aDataFileThatIsAFolder() throws IOException {
    Files.createDirectory(folder.resolve("houses.csv"));

    assertFails(
        1,
        "houses.csv must be a file, but is a directory; a pattern names the files in one",
        train(CONFIG));
  }

  @Test
  void aDataFileThatIsEmpty() throws IOException {
    assertDataProblem("", "houses.csv must have rows, but is empty (0 bytes)");
    assertDataProblem("\n\n", "houses.csv must have a header line, but has only empty lines");
  }

  @Test
  void aDataFileWithNothingButAHeader() throws IOException {
    assertDataProblem(
        "area,rooms,price\n", "houses.csv must have rows below its header, but has none");
  }

  @Test
  void aDataFileThatIsRagged() throws IOException {
    assertDataProblem(
        "area,rooms,price\n50,2,100\n70,3\n",
        "houses.csv, line 3 must have 3 fields as the header has, but has 2");
    assertDataProblem(
        "area,rooms,price\n50,2,100\n70,3,150,9\n",
        "houses.csv, line 3 must have 3 fields as the header has, but has 4");
  }

  @Test
  void aLabelThatIsNoColumn() throws IOException {
    assertDataProblem(
        HOUSES.replace("price", "prize"),
        "houses.csv has no column 'price', which /label names; did you mean 'prize'?");
  }

  @Test
  void aFeatureThatIsNoColumn() throws IOException {
    Files.writeString(folder.resolve("houses.csv"), HOUSES);

    assertFails(
        1,
        "houses.csv has no column 'garden', which /features/garden names; its columns: [area,"
            + " rooms, price]",
        train(CONFIG.replace("\"label\"", "\"features\": {\"garden\": \"numeric\"}, \"label\"")));
  }

  @Test
  void textAmongNumbers() throws IOException {
    Files.writeString(folder.resolve("houses.csv"), HOUSES.replace("70", "seventy"));

    assertFails(
        1,
        "houses.csv, line 3, column 'area': 'seventy' is not a number",
        train(CONFIG.replace("\"label\"", "\"features\": {\"area\": \"numeric\"}, \"label\"")));
  }

  @Test
  void aColumnOfTextWhereNumbersAreAskedFor() throws IOException {
    Files.writeString(folder.resolve("houses.csv"), "area,town,price\n50,Ulm,100\n");

    assertFails(
        1,
        "houses.csv: column 'town' must hold numbers to be 'numeric', but holds text; name it under"
            + " /features with another type, or leave it out with /ignore",
        train(CONFIG.replace("\"label\"", "\"features\": {\"*\": \"numeric\"}, \"label\"")));
  }

  @Test
  void notANumber() throws IOException {
    assertRefused(
        HOUSES.replace("70", "NaN"),
        "houses.csv, line 3, column 'area' must be a finite number of float32 (at most 3.4e38), but"
            + " was NaN");
    assertDataProblem(
        HOUSES.replace("70", "1e39"),
        "houses.csv, line 3, column 'area' must be a finite number of float32 (at most 3.4e38), but"
            + " was 1e39");
  }

  @Test
  void aMissingValue() throws IOException {
    assertRefused(HOUSES.replace("70", ""), "houses.csv, line 3, column 'area' is missing a value");
  }

  /** With {@code missing: error}; by default the mean of the others stands in. */
  private void assertRefused(String csv, String message) throws IOException {
    Files.writeString(folder.resolve("houses.csv"), csv);
    assertFails(
        1,
        message,
        train(
            CONFIG.replaceFirst(
                "\"label\"",
                "\"features\": {\"*\": {\"type\": \"numeric\", \"missing\": \"error\"}}, \"label\"")));
  }

  @Test
  void aParquetFileThatIsNone() throws IOException {
    Files.writeString(folder.resolve("houses.parquet"), HOUSES);

    CommandResult result = train(CONFIG.replace("houses.csv", "houses.parquet"));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("slope: houses.parquet can't be read as Parquet: ");
    assertThat(result.err().lines()).hasSize(1);
  }

  // The Hessian of the line is 2 [[35, 5], [5, 1]], its largest eigenvalue 36 + sqrt(1256) = 71.44:
  // steps beyond 2 / 71.44 = 0.027995 grow.
  @Test
  void aLearningRateThatMustDivergeIsRefused() {
    CommandResult result =
        CommandResult.of(
            "train",
            Path.of("configs", "line.json"),
            "--models",
            models(),
            "--set",
            "/training/optimizer/learning_rate=0.1");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(
            "slope: /training/optimizer/learning_rate must be below 0.02799, the largest at which"
                + " gradient descent on this data is stable, but was 0.1: it is sure to diverge;"
                + " use 'auto', a smaller number, or standardise the features ('scaling':"
                + " 'standard'), which allows larger steps, or set /training/allow_divergence to"
                + " true to watch it\n");
  }

  @Test
  void aLearningRateThatDiverges() {
    CommandResult result =
        CommandResult.of(
            "train",
            Path.of("configs", "line.json"),
            "--models",
            models(),
            "--set",
            "/training/optimizer/learning_rate=0.1",
            "--set",
            "/training/allow_divergence=true");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .containsPattern(
            "\nslope: training diverged: the loss is \\S+ after epoch \\d+; lower"
                + " /training/optimizer/learning_rate, now 0\\.1, or scale the features"
                + " \\('scaling': 'standard'\\)\n$");
  }

  @Test
  void anExportDirectoryThatIsAFile() throws IOException {
    Files.writeString(folder.resolve("houses.csv"), HOUSES);
    Files.writeString(config(), CONFIG);
    Path file = Files.writeString(folder.resolve("file"), "");

    assertFails(
        1,
        "the export directory must be a directory, but '"
            + file
            + "' is a file; choose another directory",
        CommandResult.of("train", config(), "--models", file));
    assertThat(file).isEmptyFile();
  }

  @Test
  void anExportDirectoryBelowAFile() throws IOException {
    Files.writeString(folder.resolve("houses.csv"), HOUSES);
    Files.writeString(config(), CONFIG);
    Path file = Files.writeString(folder.resolve("file"), "");

    CommandResult result = CommandResult.of("train", config(), "--models", file.resolve("models"));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("slope: '" + file.resolve("models/houses") + "' can't be written: ")
        .endsWith("; free space, change its permissions or choose another directory\n");
    assertThat(result.err().lines()).hasSize(1);
  }

  @Test
  void theStackTraceIsForThoseWhoAskForIt() throws IOException {
    Files.writeString(config(), CONFIG);

    CommandResult verbose = CommandResult.of("train", config(), "--models", models(), "--verbose");

    assertThat(verbose.exitCode()).isEqualTo(1);
    assertThat(verbose.err())
        .startsWith("slope: houses.csv does not exist; ")
        .contains("\ndev.slope.data.DataException: houses.csv does not exist; ")
        .contains("\tat dev.slope.");
    assertThat(train(CONFIG).err()).doesNotContain("\tat ");
  }

  private void assertConfigProblem(String json, String message) throws IOException {
    CommandResult trained = train(json);
    assertFails(2, message.formatted(config()), trained);
    CommandResult validated = CommandResult.of("validate", config());
    assertFails(2, message.formatted(config()), validated);
  }

  private void assertDataProblem(String csv, String message) throws IOException {
    Files.writeString(folder.resolve("houses.csv"), csv);
    assertFails(1, message, train(CONFIG));
  }

  private static void assertFails(int exitCode, String message, CommandResult result) {
    assertThat(result.err()).isEqualTo("slope: " + message + "\n");
    assertThat(result.exitCode()).isEqualTo(exitCode);
    assertThat(result.out()).isEmpty();
  }

  private CommandResult train(String json) throws IOException {
    Files.writeString(config(), json);
    return train();
  }

  private CommandResult train() {
    return CommandResult.of("train", config(), "--models", models());
  }

  private Path config() {
    return folder.resolve("houses.json");
  }

  private Path models() {
    return folder.resolve("models");
  }
}
