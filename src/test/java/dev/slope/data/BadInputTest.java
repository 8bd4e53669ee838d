package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.DataSourceConfig;
import dev.slope.config.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the readers of all formats promise alike about names, paths, encodings and sizes. */
class BadInputTest {
  /** A name with everything that SQL, JSON, CSV or a pattern could take for its own. */
  private static final String NAME = "a \"b\" 'c'; DROP TABLE numbers; -- .ü[0]* ${HOME} %s";

  /** A folder and file of the same kind. */
  private static final String STEM = "it's; DROP TABLE x; -- {a}[1] ü, %s/$1[x]";

  @TempDir private Path folder;
  private SourceFixture files;

  @BeforeEach
  void files() {
    files = new SourceFixture(folder);
  }

  @Test
  void namesAndPathsAreNeverSql() throws SQLException {
    String quoted = "\"" + NAME.replace("\"", "\"\"") + "\"";
    files.write(STEM + ".csv", quoted + ",A,a\n1,5,7\n2,6,8\n");
    files.write(STEM + ".tsv", quoted + "\tA\ta\n1\t5\t7\n2\t6\t8\n");
    String json = Json.mapper().writeValueAsString(Map.of(NAME, 1)).strip();
    files.write(STEM + ".jsonl", json.replace("\n", "") + "\n");
    files.write(STEM + ".json", "[" + json + "]");
    Path parquet = folder.resolve(STEM + ".parquet");
    duckDb("COPY (SELECT 1 AS " + quoted + ") TO '" + parquet.toString().replace("'", "''") + "'");
    for (String extension : List.of("csv", "tsv", "jsonl", "json", "parquet")) {
      String path = STEM + "." + extension;
      try (DataSource source = files.open(path)) {
        assertThat(source.description()).isEqualTo(path);
        assertThat(source.columns().get(0))
            .isEqualTo(new ColumnInfo(NAME, ColumnInfo.Kind.NUMERIC));
        assertThat(Tables.values(source.readNumbers(List.of(NAME))).get(0)).isEqualTo(1f);
        assertThat(SourceFixture.scan(source, NAME, NAME).get(0)).isEqualTo("1.0|1");
      }
    }
    CsvDialect commas = CsvDialect.of("CSV", ',', DataSourceConfig.File.of("unused"));
    CsvSource parsed = new CsvSource(new DataFile(folder.resolve(STEM + ".csv"), "csv"), commas, 0);
    FloatMatrix fast = parsed.readNumbers(List.of(NAME, "a", "A"));
    assertThat(fast.names()).containsExactly(NAME, "a", "A");
    assertThat(Tables.values(fast)).containsExactly(1f, 7f, 5f, 2f, 8f, 6f);
  }

  private static void duckDb(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aHugeFieldIsNamedAndNotShown() {
    files.write("a.csv", "x,y\n1,2\n" + "9a".repeat(100_000) + ",3\n");
    assertThatThrownBy(() -> files.read("a.csv", "x"))
        .hasMessage(
            "a.csv, line 3, column 'x': '"
                + "9a".repeat(30)
                + "... (200,000 characters)' is not a number");
    files.write("a.csv", "x,y\n1,2\n" + "9".repeat(1 << 25) + ",3\n");
    assertThatThrownBy(() -> files.read("a.csv", "x"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a.csv is not CSV: The maximum buffer size of 16777216 is")
        .hasMessageEndingWith("line 3)");
    files.write("a.jsonl", "{\"x\": 1}\n{\"x\": \"" + "9a".repeat(100_000) + "\"}\n");
    assertThatThrownBy(() -> files.read("a.jsonl", "x"))
        .hasMessage(
            "a.jsonl, line 2, column 'x': '"
                + "9a".repeat(30)
                + "... (200,000 characters)' is not a number");
  }

  @Test
  void anUnclosedQuoteIsNamed() {
    files.write("a.csv", "x,y\n1,2\n\"3,4\n5,6\n");
    assertThatThrownBy(() -> files.read("a.csv", "x"))
        .hasMessage("a.csv, line 3 must have 2 fields as the header has, but has 1");
  }

  @Test
  void otherEncodingsAreNamed() {
    files.write("a.csv", "x,y\n1,2\n".getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> files.read("a.csv", "x"))
        .hasMessage("a.csv must be text in UTF-8, but is UTF-16");
    files.write("b.csv", "x,t\n1,a\n2,größe\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> files.read("b.csv", "x"))
        .hasMessage("b.csv, line 3 must be text in UTF-8, but its byte 5, 0xf6, is not");
    files.write("c.libsvm", new byte[] {'1', ' ', '1', ':', '2', '\n', (byte) 0x80});
    assertThatThrownBy(() -> files.read("c.libsvm", "x1"))
        .hasMessage("c.libsvm, line 2 must be text in UTF-8, but its byte 1, 0x80, is not");
    files.write("d.csv", new byte[] {'x', '\n', '1', (byte) 0xc3});
    assertThatThrownBy(() -> files.read("d.csv", "x"))
        .hasMessage("d.csv, line 2 must be text in UTF-8, but its byte 2, 0xc3, is not");
  }

  @Test
  void aByteOrderMarkIsNoPartOfAName() {
    files.write("a.csv", "\uFEFFx\n1\n");
    files.write("a.tsv", "\uFEFFx\ty\n1\t2\n");
    files.write("a.json", "\uFEFF[{\"x\": 1}]");
    files.write("a.libsvm", "\uFEFF1 1:1\n");
    for (String name : List.of("a.csv", "a.tsv", "a.json")) {
      assertThat(files.read(name, "x")).containsExactly(1f);
    }
    assertThat(files.read("a.libsvm", "label", "x1")).containsExactly(1f, 1f);
  }

  @Test
  void textAndDateColumnsAreCheckedAsNumbersAre() {
    CodedColumn text = new CodedColumn("t", CellCoding.TEXT);
    CodedColumn day = new CodedColumn("d", CellCoding.DAY);
    for (long parsersFrom : new long[] {0, Long.MAX_VALUE}) {
      files.write("a.csv", "x,t,d\n1,größe,2026-01-31\n".getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(() -> read("a.csv", parsersFrom, text))
          .hasMessage("a.csv, line 2 must be text in UTF-8, but its byte 5, 0xf6, is not");
      files.write("a.csv", "x,t,d\n1,a,2026-01-31\n2,b\n");
      assertThatThrownBy(() -> read("a.csv", parsersFrom, text))
          .hasMessage("a.csv, line 3 must have 3 fields as the header has, but has 2");
      files.write("a.csv", "x,t,d\n1,\"a\nb\",2026-01-31\n2,b,2026-02-30\n");
      assertThatThrownBy(() -> read("a.csv", parsersFrom, text, day))
          .hasMessage(
              "a.csv, line 4, column 'd' must be a date like 2026-01-31 or a time like"
                  + " 2026-01-31T12:30:00Z, but was '2026-02-30'");
      files.write("a.csv", "x,t,d\n1,a,2026-01-31\n2," + "9a".repeat(100_000) + ",oops\n");
      assertThat(read("a.csv", parsersFrom, text).dictionary("t").text(1)).hasSize(200_000);
      files.write("a.csv", "x,t,d\n1,a," + "9a".repeat(100_000) + "\n");
      assertThatThrownBy(() -> read("a.csv", parsersFrom, day))
          .hasMessageEndingWith(", but was '" + "9a".repeat(30) + "... (200,000 characters)'");
      files.write("a.csv", "x,t,d\n1," + "9".repeat(1 << 25) + ",2026-01-31\n");
      assertThatThrownBy(() -> read("a.csv", parsersFrom, text))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("a.csv is not CSV: The maximum buffer size of 16777216 is")
          .hasMessageEndingWith("line 2)");
    }
  }

  private CodedRows read(String name, long parsersFrom, CodedColumn... columns) {
    CsvDialect commas = CsvDialect.of("CSV", ',', DataSourceConfig.File.of("unused"));
    DataFile file = new DataFile(folder.resolve(name), name);
    return new CsvSource(file, commas, parsersFrom).read(List.of(columns), BlockStore.inMemory());
  }

  @Test
  void aColumnMayTurnIntoTextFarDown() {
    // Its kind is that of its first 1,000 rows.
    files.write("a.csv", "x\n" + "7.0\n".repeat(2_000) + "seven\n");
    try (DataSource source = files.open("a.csv")) {
      assertThat(source.columns()).containsExactly(new ColumnInfo("x", ColumnInfo.Kind.NUMERIC));
      assertThatThrownBy(() -> source.readNumbers(List.of("x")))
          .hasMessage("a.csv, line 2002, column 'x': 'seven' is not a number");
      CodedRows texts =
          source.read(List.of(new CodedColumn("x", CellCoding.TEXT)), BlockStore.inMemory());
      assertThat(texts.dictionary("x").texts()).containsExactly("7", "seven");
    }
  }

  @Test
  void filesWithoutRowsAreNamedInEveryFormat() {
    Map<String, String> empty =
        Map.of(
            "a.csv", "x,t\n\n",
            "a.tsv", "x\tt\n",
            "a.jsonl", "\n\n",
            "a.json", "[ ]",
            "a.libsvm", "# nothing\n");
    empty.forEach(
        (name, text) -> {
          files.write(name, text);
          assertThatThrownBy(() -> files.open(name))
              .isInstanceOf(DataException.class)
              .hasMessageStartingWith(name + " must have rows")
              .hasMessageEndingWith(", but has none");
        });
    for (String name : List.of("b.csv", "b.parquet", "b.jsonl", "b.tfrecord", "b.csv.gz")) {
      files.write(name, new byte[0]);
      assertThatThrownBy(() -> files.open(name))
          .hasMessage(name + " must have rows, but is empty (0 bytes)");
    }
  }

  @Test
  void aMissingFolderIsAMissingFile() {
    assertThatThrownBy(() -> files.read("gone/a.csv", "x"))
        .hasMessage(
            "gone/a.csv does not exist; it was looked for at "
                + folder.toAbsolutePath().resolve("gone/a.csv"));
  }
}
