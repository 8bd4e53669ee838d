package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows in, as many rows out, in order. */
class PredictCommandTest {
  /** Trained until the line is exact: a prediction is 2x + 1, a number that text shows whole. */
  private static final List<String> EXACT =
      List.of("--set", "/training/epochs=200000", "--set", "/report/plots=false");

  @TempDir static Path models;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws IOException {
    Path config = Path.of("configs", "line.json");
    CommandResult line =
        CommandResult.of(
            "train",
            config,
            "--models",
            models,
            EXACT.get(0),
            EXACT.get(1),
            EXACT.get(2),
            EXACT.get(3));
    assertThat(line.exitCode()).as(line.err()).isZero();
    CommandResult linnerud =
        CommandResult.of(
            "train",
            Path.of("configs", "linnerud.json"),
            "--models",
            models,
            EXACT.get(2),
            EXACT.get(3));
    assertThat(linnerud.exitCode()).as(linnerud.err()).isZero();
  }

  @Test
  void predictsRowByRow() throws IOException {
    Path rows = data("x\n3\n-1\n1e3\n");

    CommandResult result = CommandResult.of("predict", line(), rows);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(rounded(result)).containsExactly("prediction", "7.00", "-1.00", "2001.00");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void readsEveryFormatThatTrainingReads() throws IOException {
    Path lines = Files.writeString(folder.resolve("rows-1.jsonl"), "{\"x\": 3}\n{\"x\": null}\n");
    Files.writeString(folder.resolve("rows-2.jsonl"), "{\"x\": -1}\n");

    assertThat(rounded(CommandResult.of("predict", line(), lines)))
        .containsExactly("prediction", "7.00", "11.00");
    assertThat(rounded(CommandResult.of("predict", line(), folder.resolve("rows-*.jsonl"))))
        .containsExactly("prediction", "7.00", "11.00", "-1.00");
  }

  @Test
  void readsStandardInput() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("x,y\n3,7\n-1,-1\n".getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(rounded(CommandResult.of("predict", line(), "-")))
          .containsExactly("prediction", "7.00", "-1.00");
    } finally {
      System.setIn(before);
    }
  }

  /** The mean of x, 5, stands for a missing one; what is no number has no prediction. */
  @Test
  void aRowThatCantBePredictedIsEmptyAndCounted() throws IOException {
    Path rows = data("x,id\n1,a\n,b\ntwo,c\nNaN,d\nNA,e\n2,f\n");

    CommandResult result = CommandResult.of("predict", line(), rows, "--keep", "id");

    assertThat(result.exitCode()).isZero();
    assertThat(rounded(result))
        .containsExactly(
            "id,prediction", "a,3.00", "b,11.00", "c,", "d,11.00", "e,11.00", "f,5.00");
    assertThat(result.err())
        .isEqualTo(
            "warning: 1 of 6 rows have no prediction: a value is missing, unreadable or unknown to"
                + " the model\n");
  }

  @Test
  void moreRowsThanABatchStayInOrder() throws IOException {
    int count = 150_000;
    StringBuilder csv = new StringBuilder("x,row\n");
    for (int row = 0; row < count; row++) {
      csv.append(row % 7).append(',').append(row).append('\n');
    }
    Path rows = data(csv.toString());

    List<String> lines = CommandResult.of("predict", line(), rows, "--keep", "row").outLines();

    assertThat(lines).hasSize(count + 1);
    for (int row = 0; row < count; row++) {
      String[] fields = lines.get(row + 1).split(",", -1);
      assertThat(Integer.parseInt(fields[0])).isEqualTo(row);
      assertThat(Math.round(Double.parseDouble(fields[1]))).isEqualTo(2 * (row % 7) + 1);
    }
  }

  @Test
  void keptColumnsAreWrittenAsTheyWere() throws IOException {
    Path rows = data("name,x,note\n\"Ulm, Donau\",1,\"a \"\"b\"\"\"\n007,2,\n");

    CommandResult result = CommandResult.of("predict", line(), rows, "--keep", "note,name");

    assertThat(rounded(result))
        .containsExactly(
            "note,name,prediction", "\"a \"\"b\"\"\",\"Ulm, Donau\",3.00", ",007,5.00");
  }

  @Test
  void aColumnIsKeptWhoseNameHasAComma() throws IOException {
    Path rows = data("\"a,b\",x\n1,2\n");

    CommandResult result = CommandResult.of("predict", line(), rows, "--keep", "\"a,b\"");

    assertThat(result.err()).isEmpty();
    assertThat(rounded(result)).containsExactly("\"a,b\",prediction", "1,5.00");
  }

  @Test
  void severalLabelsAreColumnsByTheirNames() {
    CommandResult result =
        CommandResult.of(
            "predict", models.resolve("linnerud"), Path.of("configs", "data", "linnerud.csv"));

    assertThat(result.outLines()).hasSize(21);
    assertThat(result.outLines().get(0))
        .isEqualTo("prediction_Weight,prediction_Waist,prediction_Pulse");
  }

  @Test
  void aColumnThatIsMissingIsNamed() throws IOException {
    Path rows = data("X,y\n1,2\n");

    assertFails(
        rows + " has no column 'x', which the model needs; did you mean 'X'?",
        CommandResult.of("predict", line(), rows));
    Path other = data("x\n1\n");
    assertFails(
        other + " has no column 'id', which --keep names; its columns: [x]",
        CommandResult.of("predict", line(), other, "--keep", "id"));
  }

  @Test
  void dataThatIsMissingIsNamed() {
    Path missing = folder.resolve("rows.csv");

    assertFails(
        missing + " does not exist; it was looked for at " + missing,
        CommandResult.of("predict", line(), missing));
  }

  @Test
  void parquetIsReadToo() throws SQLException {
    Path rows = folder.resolve("rows.parquet");
    writeParquet(rows, "SELECT unnest([4.0, NULL, 6.0]) AS x");

    CommandResult result = CommandResult.of("predict", line(), rows);

    assertThat(rounded(result)).containsExactly("prediction", "9.00", "11.00", "13.00");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void aPathIsNoPattern() throws SQLException {
    writeParquet(folder.resolve("rows1.parquet"), "SELECT 1.0 AS x");
    Path brackets = folder.resolve("rows[1].parquet");
    writeParquet(brackets, "SELECT 2.0 AS x");
    Path star = folder.resolve("rows*.parquet");
    writeParquet(star, "SELECT 3.0 AS x");
    Path question = folder.resolve("it's; DROP TABLE \"rows?\".parquet");
    writeParquet(question, "SELECT 4.0 AS x");

    assertThat(rounded(CommandResult.of("predict", line(), brackets)))
        .containsExactly("prediction", "5.00");
    assertThat(rounded(CommandResult.of("predict", line(), star)))
        .containsExactly("prediction", "7.00");
    assertThat(rounded(CommandResult.of("predict", line(), question)))
        .containsExactly("prediction", "9.00");
  }

  @Test
  void aFileTakesThePredictions() throws IOException {
    Path rows = data("x\n1\n");
    Path file = folder.resolve("predictions.csv");

    CommandResult result = CommandResult.of("predict", line(), rows, "-o", file, "--json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.json().get("rows").asLong()).isEqualTo(1);
    assertThat(result.json().get("without_prediction").asLong()).isZero();
    assertThat(Files.readString(file)).startsWith("prediction\n");
    assertThat(Folders.contents(folder)).containsExactly("predictions.csv", "rows.csv");
    // As any other file of this user, and not for its owner alone.
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(rows)));
  }

  @Test
  void aFileIsUntouchedByAFailure() throws IOException {
    // The last row is found to be ragged when all others are written.
    Path rows = data("x\n" + "1\n".repeat(5_000) + "1,2\n");
    Path file = Files.writeString(folder.resolve("predictions.csv"), "mine");

    assertFails(
        rows + ", line 5002 must have 1 fields as the header has, but has 2",
        CommandResult.of("predict", line(), rows, "-o", file));
    assertThat(file).hasContent("mine");
    assertThat(Folders.contents(folder)).containsExactly("predictions.csv", "rows.csv");
  }

  @Test
  void aLinkKeepsBeingOne() throws IOException {
    Path rows = data("x\n1\n");
    Path file = Files.writeString(folder.resolve("predictions.csv"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), file);

    CommandResult result = CommandResult.of("predict", line(), rows, "-o", link);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(file)).startsWith("prediction\n");
  }

  @Test
  void aFileThatCantBeWrittenIsNamed() throws IOException {
    Path rows = data("x\n1\n");
    Path nowhere = folder.resolve("nowhere/predictions.csv");

    assertFails(
        nowhere + " can't be written: its folder does not exist",
        CommandResult.of("predict", line(), rows, "-o", nowhere));
    assertFails(
        folder + " can't be written: it is a folder",
        CommandResult.of("predict", line(), rows, "-o", folder));
  }

  @Test
  void jsonAndPredictionsDontShareStandardOutput() throws IOException {
    CommandResult result = CommandResult.of("predict", line(), data("x\n1\n"), "--json");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("--json needs -o FILE: standard output can't hold both\n");
  }

  /** Each line, its last field with two digits after the point where it is a number. */
  private static List<String> rounded(CommandResult result) {
    return result.outLines().stream().map(PredictCommandTest::rounded).toList();
  }

  private static String rounded(String line) {
    int number = line.lastIndexOf(',') + 1;
    return line.endsWith("prediction") || number == line.length()
        ? line
        : line.substring(0, number)
            + String.format(Locale.ROOT, "%.2f", Double.parseDouble(line.substring(number)));
  }

  private static void assertFails(String message, CommandResult result) {
    assertThat(result.err()).isEqualTo("slope: " + message + "\n");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  private static void writeParquet(Path file, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (" + query + ") TO '" + file.toString().replace("'", "''") + "' (FORMAT PARQUET)");
    }
  }

  private static Path line() {
    return models.resolve("line");
  }

  private Path data(String csv) throws IOException {
    return Files.writeString(folder.resolve("rows.csv"), csv);
  }
}
