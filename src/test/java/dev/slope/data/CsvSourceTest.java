package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.DataSourceConfig;
import dev.slope.config.FileFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSourceTest {
  private static final CsvDialect COMMAS =
      CsvDialect.of("CSV", ',', DataSourceConfig.File.of("unused"));

  @TempDir private Path folder;

  /** Row by row and by parsers. */
  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 0})
  void readsTheColumnsAskedFor(long parsersFrom) {
    CsvSource source = source("a,b,c\n1,x,-2.5e-3\n .5 ,y,3\n", parsersFrom);
    assertThat(source.columns())
        .containsExactly(
            new ColumnInfo("a", ColumnInfo.Kind.NUMERIC),
            new ColumnInfo("b", ColumnInfo.Kind.TEXT),
            new ColumnInfo("c", ColumnInfo.Kind.NUMERIC));
    assertThat(Tables.values(source.readNumbers(List.of("c", "a"))))
        .containsExactly(-0.0025f, 1f, 3f, 0.5f);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 0})
  void readsEveryDialectOfLinesAndQuotes(long parsersFrom) {
    CsvSource source =
        source("\uFEFF\"a\",\"b \"\"'; drop\",c\r\n1,\"x\ny\",2\r\n\r\n\"3\",,4\r\n", parsersFrom);
    assertThat(source.columns().get(1).name()).isEqualTo("b \"'; drop");
    assertThat(Tables.values(source.readNumbers(List.of("a", "c"))))
        .containsExactly(1f, 2f, 3f, 4f);
  }

  @Test
  void theParsersAndTheRowReaderAgreeOnEveryRowAndItsOrder() {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 200_000; i++) {
      text.append(i).append(',').append(Math.sin(i)).append('\n');
    }
    CsvSource slow = source(text.toString(), Long.MAX_VALUE);
    CsvSource fast = source(text.toString(), 0);
    assertThat(Tables.values(fast.readNumbers(List.of("x", "y"))))
        .isEqualTo(Tables.values(slow.readNumbers(List.of("x", "y"))));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 0})
  void namesTheFirstBadCell(long parsersFrom) {
    assertProblem("x\n1\nabc\nNaN\n", parsersFrom, "line 3, column 'x': 'abc' is not a number");
    assertProblem("x,z\n1,1\n,2\n", parsersFrom, "line 3, column 'x' is missing a value");
    assertProblem("x\n1\nNA\n", parsersFrom, "line 3, column 'x' is missing a value");
    String finite = " must be a finite number of float32 (at most 3.4e38), but was ";
    assertProblem("x\nNaN\n", parsersFrom, "line 2, column 'x'" + finite + "NaN");
    assertProblem("x\n1\n-inf\n", parsersFrom, "line 3, column 'x'" + finite + "-inf");
    assertProblem("x\n1\n1e39\n", parsersFrom, "line 3, column 'x'" + finite + "1e39");
    assertProblem(
        "t,x\n\"a\nb\",1\nc,abc\n", parsersFrom, "line 4, column 'x': 'abc' is not a number");
    assertProblem(
        "x,y\n1,2\n3\n", parsersFrom, "line 3 must have 2 fields as the header has, but has 1");
    assertProblem(
        "x,y\n1,2,3\n", parsersFrom, "line 2 must have 2 fields as the header has, but has 3");
  }

  private void assertProblem(String text, long parsersFrom, String message) {
    assertThatThrownBy(() -> source(text, parsersFrom).readNumbers(List.of("x")))
        .isInstanceOf(DataException.class)
        .hasMessage("data/houses.csv, " + message);
  }

  @Test
  void findsABadCellFarDown() {
    String text = "x\n" + "1\n".repeat(50_000) + "oops\n";
    assertProblem(text, 0, "line 50002, column 'x': 'oops' is not a number");
  }

  @Test
  void rejectsBooleansAndDatesAsNumbers() {
    CsvSource source = source("x,d\ntrue,2026-01-31\nFALSE,2026-02-01\n", Long.MAX_VALUE);
    assertThatThrownBy(() -> source.readNumbers(List.of("x")))
        .hasMessage("data/houses.csv must be a number, but column 'x' holds true/false");
    assertThatThrownBy(() -> source.readNumbers(List.of("d")))
        .hasMessage("data/houses.csv must be a number, but column 'd' holds dates or times");
  }

  @Test
  void rejectsHeadersThatNameNothing() {
    assertThatThrownBy(() -> source("a,a\n1,2\n", 0))
        .hasMessage(
            "data/houses.csv, line 1: column names must be unique, but 'a' occurs more than once");
    assertThatThrownBy(() -> source("a,\n1,2\n", 0))
        .hasMessage("data/houses.csv, line 1: column 2 must have a name");
    assertThatThrownBy(() -> source("a,b\n", 0))
        .hasMessage("data/houses.csv must have rows below its header, but has none");
    assertThatThrownBy(() -> source("\n\n", 0))
        .hasMessage("data/houses.csv must have a header line, but has only empty lines");
  }

  @Test
  void suggestsAColumn() {
    assertThatThrownBy(() -> source("area,rooms\n1,2\n", 0).readNumbers(List.of("aera")))
        .hasMessage("data/houses.csv has no column 'aera'; did you mean 'area'?");
  }

  @Test
  void rejectsOtherEncodings() throws IOException {
    Path path = folder.resolve("latin.csv");
    Files.write(path, "größe\n1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> new CsvSource(new DataFile(path, "latin.csv"), COMMAS))
        .hasMessage("latin.csv, line 1 must be text in UTF-8, but its byte 3, 0xf6, is not");
  }

  @Test
  void scanIsLenientAboutCellsOnly() {
    CsvSource source = source("x,t\n1,a\nabc,NA\n1e39,007\n", Long.MAX_VALUE);
    List<Float> numbers = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    source.scan(
        List.of(new CodedColumn("x", CellCoding.OPTIONAL_NUMBER)),
        List.of("t"),
        batch -> {
          numbers.addAll(Tables.values(new FloatMatrix(List.of("x"), List.of(batch.block()))));
          batch.text().forEach(row -> texts.add(row[0]));
        });
    assertThat(numbers).containsExactly(1f, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY);
    assertThat(texts).containsExactly("a", "", "007");
    assertThatThrownBy(
            () ->
                source("x\n1\n2,3\n", 0)
                    .scan(CodedColumn.numbers(List.of("x")), List.of(), batch -> {}))
        .hasMessage("data/houses.csv, line 3 must have 1 fields as the header has, but has 2");
  }

  @Test
  void fingerprintIsOfTheFile() {
    // printf 'x\n1\n' | sha256sum
    assertThat(source("x\n1\n", 0).fingerprint())
        .isEqualTo(
            new Fingerprint("daff832f802000e645771a60983c76c963f6ee602a6230e45237bd360e91cc1a", 1));
  }

  @Test
  void checksTheFileItself() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.csv"));
    assertThatThrownBy(() -> open("empty.csv", FileFormat.AUTO))
        .hasMessage("empty.csv must have rows, but is empty (0 bytes)");
    assertThatThrownBy(() -> open("none.csv", FileFormat.AUTO))
        .hasMessage(
            "none.csv does not exist; it was looked for at "
                + folder.toAbsolutePath().resolve("none.csv"));
    Files.createDirectory(folder.resolve("d.csv"));
    assertThatThrownBy(() -> open("d.csv", FileFormat.AUTO))
        .hasMessage("d.csv must be a file, but is a directory; a pattern names the files in one");
    Files.writeString(empty.resolveSibling("table.txt"), "x\n5\n");
    assertThatThrownBy(() -> open("table.txt", FileFormat.AUTO))
        .hasMessage(
            "the extension of table.txt must be .csv, .tsv, .parquet, .jsonl, .ndjson, .json,"
                + " .libsvm or .tfrecord, with .gz or .zst behind it where the file is compressed;"
                + " for another one, set the source's 'format'");
    try (DataSource source = open("table.txt", FileFormat.CSV)) {
      assertThat(Tables.values(source.readNumbers(List.of("x")))).containsExactly(5f);
    }
  }

  private DataSource open(String path, FileFormat format) {
    DataSourceConfig.File file = DataSourceConfig.File.of(path);
    return DataSources.open(
        new DataSourceConfig.File(path, format, file.delimiter(), file.header(), file.naValues()),
        folder,
        0);
  }

  private CsvSource source(String text, long parsersFrom) {
    try {
      Path path = Files.writeString(folder.resolve("it's.csv"), text);
      return new CsvSource(new DataFile(path, "data/houses.csv"), COMMAS, parsersFrom);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
