package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that a model can't be trained on, each with its message and nothing exported. */
class BadDataTest {
  @TempDir Path folder;

  @Test
  void aNegativeCount() throws IOException {
    assertFails(
        "rows.csv, row 2: label 'y' must be >= 0 for poisson_regression, but was -1"
            + "; correct or leave out such rows, or use linear_regression, which allows any number",
        train("poisson_regression", "", "x,y", "1,2", "2,-1", "3,0"));
  }

  @Test
  void aLabelOfZeroForGamma() throws IOException {
    assertFails(
        "rows.csv, row 3: label 'y' must be > 0 for gamma_regression, but was 0"
            + "; correct or leave out such rows, or use tweedie_regression, which allows 0",
        train("gamma_regression", "", "x,y", "1,2", "2,1", "3,0"));
  }

  @Test
  void aNegativeLabelForGamma() throws IOException {
    assertFails(
        "rows.csv, row 1: label 'y' must be > 0 for gamma_regression, but was -2"
            + "; correct or leave out such rows, or use linear_regression, which allows any number",
        train("gamma_regression", "", "x,y", "1,-2", "2,1", "3,5"));
  }

  /** The row that is out of place validates; its number is that of the source all the same. */
  @Test
  void aNegativeCountAmongTheValidationRows() throws IOException {
    assertFails(
        "rows.csv, row 4: label 'y' must be >= 0 for poisson_regression, but was -3"
            + "; correct or leave out such rows, or use linear_regression, which allows any number",
        train("poisson_regression", LAST_HALF, "x,y", "1,2", "2,1", "3,0", "4,-3"));
  }

  @Test
  void countsThatAreAllZeroWhereTheModelTrains() throws IOException {
    assertFails(
        "the training rows of rows.csv: label 'y' must be > 0 in a row for poisson_regression, but"
            + " is 0 in all 2 rows",
        train("poisson_regression", LAST_HALF, "x,y", "1,0", "2,0", "3,5", "4,1"));
  }

  @Test
  void oneClassOnly() throws IOException {
    assertFails(
        "rows.csv: label 'y' has one class only, '1', in 3 rows; a classifier needs two or more",
        train("logistic_regression", "", "x,y", "1,1", "2,1", "3,1"));
    assertFails(
        "the training rows of rows.csv: label 'y' has one class only, '1', in 2 rows; a classifier"
            + " needs two or more",
        train("logistic_regression", LAST_HALF, "x,y", "1,1", "2,1", "3,0", "4,0"));
  }

  @Test
  void asManyClassesAsRows() throws IOException {
    assertFails(
        "rows.csv: label 'y' has 4 different values in 4 rows: a quantity and no classes; use"
            + " linear_regression, or a label with fewer values",
        train("softmax_regression", "", "x,y", "1,1", "2,2", "3,3", "4,4"));
  }

  @Test
  void aConstantLabelIsAWarning() throws IOException {
    CommandResult result = train("linear_regression", "", "x,y", "1,7", "2,7", "3,7");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains(
            "warning: label 'y' has the same value in every row, so there is nothing to explain\n");
    assertThat(result.out()).contains("r2 has no value: y has the same value in every row");
  }

  @Test
  void aColumnWithoutAnyValue() throws IOException {
    assertFails(
        "column 'x' must have a number in a training row, but has none in all 2; leave it out with"
            + " /ignore, or set the feature's 'missing' to a number",
        train("linear_regression", "\"features\": {\"x\": \"numeric\"},", "x,y", ",1", ",2"));
  }

  @Test
  void aNegativeWeight() throws IOException {
    assertFails(
        "rows.csv, row 2: weight 'w' must be >= 0, but was -0.5",
        train("linear_regression", WEIGHTED, "x,y,w", "1,1,1", "2,2,-0.5"));
  }

  @Test
  void weightsThatSumToZero() throws IOException {
    assertFails(
        "rows.csv: weight 'w' must be > 0 in a row, but is 0 in all 2 rows",
        train("linear_regression", WEIGHTED, "x,y,w", "1,1,0", "2,2,0"));
    assertFails(
        "the training rows of rows.csv: weight 'w' must be > 0 in a row, but is 0 in all 2 rows",
        train("linear_regression", LAST_HALF + WEIGHTED, "x,y,w", ROWS_OF_LATE_WEIGHT));
    assertFails(
        "the validation rows of rows.csv: weight 'w' must be > 0 in a row, but is 0 in all 2 rows",
        train("linear_regression", LAST_HALF + WEIGHTED, "x,y,w", ROWS_OF_EARLY_WEIGHT));
  }

  @Test
  void newtonWithAnAbsolutePenalty() throws IOException {
    Files.writeString(folder.resolve("rows.csv"), "x,y\n1,1\n2,2\n");
    CommandResult result =
        CommandResult.of(
            "train",
            config("linear_regression", ""),
            "--models",
            folder.resolve("models"),
            "--set",
            "/training/optimizer=newton",
            "--set",
            "/model/l1=0.5");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .endsWith(
            "/model/l1 must be 0 for newton, but was 0.5; use l2, or the optimizer"
                + " 'gradient_descent'\n");
  }

  @Test
  void aLineSearchOverBatches() throws IOException {
    Files.writeString(folder.resolve("rows.csv"), "x,y\n1,1\n2,2\n");
    CommandResult result =
        CommandResult.of(
            "train",
            config("linear_regression", ""),
            "--models",
            folder.resolve("models"),
            "--set",
            "/training/optimizer={\"type\": \"gradient_descent\", \"learning_rate\": \"line_search\"}",
            "--set",
            "/training/batch_size=1");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .endsWith(
            "/training/optimizer/learning_rate must be a number or 'auto' where batch_size is 1, but"
                + " was 'line_search', which compares losses over all rows\n");
  }

  private static final String LAST_HALF = "the last half";
  private static final String WEIGHTED = "\"weight_column\": \"w\",";
  private static final String[] ROWS_OF_LATE_WEIGHT = {"1,1,0", "2,2,0", "3,3,1", "4,4,1"};
  private static final String[] ROWS_OF_EARLY_WEIGHT = {"1,1,1", "2,2,1", "3,3,0", "4,4,0"};

  private CommandResult train(String model, String more, String header, String... rows)
      throws IOException {
    Files.writeString(
        folder.resolve("rows.csv"),
        header + "\n" + Arrays.stream(rows).collect(Collectors.joining("\n")) + "\n");
    return CommandResult.of("train", config(model, more), "--models", folder.resolve("models"));
  }

  private Path config(String model, String more) throws IOException {
    String split =
        more.startsWith(LAST_HALF)
            ? ", \"split\": {\"method\": \"sequential\", \"validation\": 0.5}"
            : "";
    return Files.writeString(
        folder.resolve("run.json"),
        """
        {"data": {"train": "rows.csv" %s}, "label": "y", %s "model": {"type": "%s"},
         "training": {"epochs": 3}, "report": {"plots": false}}
        """
            .formatted(split, more.replace(LAST_HALF, ""), model));
  }

  private void assertFails(String message, CommandResult result) {
    assertThat(result.err()).isEqualTo("slope: " + message + "\n");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(folder.resolve("models")).doesNotExist();
  }
}
