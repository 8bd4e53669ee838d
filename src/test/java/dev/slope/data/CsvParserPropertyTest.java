package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.DataSourceConfig;
import dev.slope.config.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The parsers of large files and the reader of rows are two implementations of one format. */
class CsvParserPropertyTest {
  private static final CsvDialect COMMAS =
      CsvDialect.of("CSV", ',', DataSourceConfig.File.of("unused"));

  private static final List<CodedColumn> WANTED =
      List.of(
          new CodedColumn("x", CellCoding.OPTIONAL_NUMBER),
          new CodedColumn("t", CellCoding.TEXT),
          new CodedColumn("t", CellCoding.TRUTH),
          new CodedColumn("d", CellCoding.SECOND));

  @Provide
  Arbitrary<String> tables() {
    Arbitrary<String> cell =
        Arbitraries.of(
            "1",
            "-2.5e3",
            "0.1",
            "007",
            "1.00000005960464477",
            "nan",
            "inf",
            "",
            "NA",
            "a",
            "ü",
            "\"q\"",
            "\"a\"\"b\"",
            "\"\"",
            "\"x,y\"",
            "\"two\nlines\"",
            " 1 ",
            "true",
            "F",
            "2026-01-31",
            "1970-01-01 00:00:07",
            "a\"b",
            "\"open");
    Arbitrary<String> row =
        cell.list().ofMinSize(2).ofMaxSize(4).map(cells -> String.join(",", cells));
    Arbitrary<String> good = cell.list().ofSize(3).map(cells -> String.join(",", cells));
    Arbitrary<String> end = Arbitraries.of("\n", "\n", "\r\n", "\n\n", "\r");
    Arbitrary<String> line =
        Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(20, good), net.jqwik.api.Tuple.of(1, row))
            .flatMap(text -> end.map(ending -> text + ending));
    return line.list().ofMinSize(1).ofMaxSize(12).map(lines -> "x,t,d\n" + String.join("", lines));
  }

  @Property(tries = 500)
  void bothReadAndScanTheSame(@ForAll("tables") String text) {
    assertThat(outcome(text, 0)).isEqualTo(outcome(text, Long.MAX_VALUE));
  }

  /** Texts are numbered some hundred rows at a time; those with quotes inside one by one. */
  @Example
  void bothReadTheSameOfManyRows() {
    for (int bad : new int[] {-1, 0, 255, 256, 700}) {
      StringBuilder text = new StringBuilder("x,t,d\n");
      for (int row = 0; row < 1_500; row++) {
        text.append(row == bad ? "bad" : row)
            .append(row % 3 == 0 ? ",\"" + row * 7 % 400 + "\"\"\"" : ",t" + row * 11 % 400)
            .append(",2026-01-31\n");
      }
      assertThat(outcome(text.toString(), 0)).isEqualTo(outcome(text.toString(), Long.MAX_VALUE));
    }
  }

  /** All that can be seen of a table, or what is wrong with it. */
  private static List<String> outcome(String text, long parsersFrom) {
    List<String> seen = new ArrayList<>();
    try {
      Path path = Files.createTempFile("slope-test-", ".csv");
      try {
        Files.write(path, text.getBytes(StandardCharsets.UTF_8));
        CsvSource source = new CsvSource(new DataFile(path, "t.csv"), COMMAS, parsersFrom);
        source.scan(
            WANTED,
            List.of("d", "t"),
            batch -> {
              seen.add(shown(batch.rows()));
              batch.text().forEach(row -> seen.add(String.join("|", row)));
            });
        seen.add(shown(source.read(WANTED, BlockStore.inMemory())));
        seen.add(shown(source.read(WANTED, BlockStore.inMemory(Precision.FLOAT64))));
      } finally {
        Files.delete(path);
      }
    } catch (DataException e) {
      seen.add(e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return seen;
  }

  private static String shown(CodedRows rows) {
    return Tables.doubles(rows.values()) + " " + rows.dictionary("t").texts();
  }
}
