package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.DataSourceConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One table in every format: each cell means the same in all of them. */
class CodedReadingTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITE = Float.POSITIVE_INFINITY;

  private static final List<CodedColumn> WANTED =
      List.of(
          new CodedColumn("n", CellCoding.OPTIONAL_NUMBER),
          new CodedColumn("city", CellCoding.TEXT),
          new CodedColumn("id", CellCoding.TEXT),
          new CodedColumn("old", CellCoding.TRUTH),
          new CodedColumn("at", CellCoding.DAY),
          new CodedColumn("at", CellCoding.SECOND));

  /** Days 20,484 and 0 after 1970-01-01; 3,723 seconds are 1 h 2 min 3 s. */
  private static final List<Float> CODED =
      List.of(
          1.5f, 0f, 0f, 1f, 20_484f, 3_723f, //
          NAN, NAN, 1f, 0f, 0f, 0f, //
          -2f, 1f, 0f, NAN, NAN, NAN, //
          4f, 0f, NAN, 1f, 0f, 86_399f);

  private static final String SELECT =
      "SELECT * FROM (VALUES (1.5::DOUBLE, 'Ulm', 7::DOUBLE, true, TIMESTAMP '2026-01-31"
          + " 01:02:03.9'), (NULL, NULL, 10, false, TIMESTAMP '1970-01-01'), (-2, 'Gé\"nf', 7,"
          + " NULL, NULL), (4, 'Ulm', NULL, true, TIMESTAMP '1970-01-01 23:59:59')) t(n, city, id,"
          + " old, \"at\")";

  private static final String CSV =
      """
      n,city,id,old,at
      1.5,Ulm,7,true,2026-01-31 01:02:03.9
      NA,,10,False,1970-01-01
      -2,"Gé""nf",7.0,,NULL
      4,Ulm,,TRUE,1970-01-01T23:59:59Z
      """;

  @TempDir private Path folder;
  private SourceFixture files;

  @BeforeEach
  void write() throws SQLException {
    files = new SourceFixture(folder);
    files.write("t.csv", CSV);
    files.write("t.tsv", CSV.replace(',', '\t'));
    files.write("t.csv.gz", SourceFixture.gzip(CSV));
    String lines =
        """
        {"n": 1.5, "city": "Ulm", "id": 7, "old": true, "at": "2026-01-31 01:02:03.9"}
        {"n": null, "id": 10, "old": false, "at": "1970-01-01"}
        {"n": -2, "city": "Gé\\"nf", "id": 7.0}
        {"n": 4.0, "city": "Ulm", "id": null, "old": true, "at": "1970-01-01T23:59:59Z"}
        """;
    files.write("t.jsonl", lines);
    files.write("t.json", "[" + lines.strip().replace("\n", ",\n") + "]");
    String[] parts = CSV.split("\n", 4);
    files.write("parts/1.csv", parts[0] + "\n" + parts[1] + "\n" + parts[2] + "\n");
    // The columns of another file of a pattern may stand in another order.
    files.write(
        "parts/2.csv",
        "city,n,id,old,at\n\"Gé\"\"nf\",-2,7,,NULL\nUlm,4,,TRUE,1970-01-01T23:59:59Z\n");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + SELECT + ") TO '" + folder + "/t.parquet' (FORMAT parquet)");
    }
    try (Connection connection = DriverManager.getConnection(sqlite());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (n REAL, city TEXT, id INTEGER, old BOOLEAN, \"at\" TEXT)");
      statement.execute(
          "INSERT INTO t VALUES (1.5, 'Ulm', 7, true, '2026-01-31 01:02:03.9'),"
              + " (NULL, NULL, 10, false, '1970-01-01'), (-2, 'Gé\"nf', 7, NULL, NULL),"
              + " (4, 'Ulm', NULL, true, '1970-01-01T23:59:59Z')");
    }
  }

  private String sqlite() {
    return "jdbc:sqlite:" + folder.resolve("t.db");
  }

  private List<DataSource> sources() {
    List<DataSource> sources = new ArrayList<>();
    for (String path :
        List.of("t.csv", "t.tsv", "t.csv.gz", "t.jsonl", "t.json", "t.parquet", "parts/*.csv")) {
      sources.add(files.open(path));
    }
    CsvDialect commas = CsvDialect.of("CSV", ',', DataSourceConfig.File.of("unused"));
    sources.add(new CsvSource(new DataFile(folder.resolve("t.csv"), "parsed.csv"), commas, 0));
    sources.add(files.open(new DataSourceConfig.Sql(SELECT)));
    sources.add(
        new JdbcSource(
            new DataSourceConfig.Jdbc(sqlite(), "SELECT * FROM t", null, null),
            new EnvironmentText(Map.of())));
    return sources;
  }

  @Test
  void everyFormatReadsTheSameCells() {
    for (DataSource source : sources()) {
      try (source) {
        CodedRows rows = source.read(WANTED, BlockStore.inMemory());
        String name = source.description();
        assertThat(Tables.values(rows.values())).as(name).isEqualTo(CODED);
        assertThat(rows.dictionary("city").texts()).as(name).containsExactly("Ulm", "Gé\"nf");
        assertThat(rows.dictionary("id").texts()).as(name).containsExactly("7", "10");
      }
    }
  }

  @Test
  void everyFormatScansTheSameCells() {
    for (DataSource source : sources()) {
      try (source) {
        List<Float> values = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        source.scan(
            WANTED,
            List.of("city"),
            batch -> {
              values.addAll(Tables.values(batch.rows().values()));
              batch.text().forEach(row -> texts.add(row[0]));
            });
        if (source.description().startsWith("parts")) {
          // Each file is a batch with a dictionary of its own: its first city is 0 again.
          List<Float> expected = new ArrayList<>(CODED);
          expected.set(13, 0f);
          expected.set(19, 1f);
          assertThat(values).isEqualTo(expected);
        } else {
          assertThat(values).as(source.description()).isEqualTo(CODED);
        }
        assertThat(texts).as(source.description()).containsExactly("Ulm", "", "Gé\"nf", "Ulm");
      }
    }
  }

  @Test
  void whatCanNotBeReadIsNamedInTrainingAndInfiniteInPrediction() {
    assertBad(CellCoding.TRUTH, "city", " true or false (or t, f, yes, no, 1, 0), but was 'Ulm'");
    assertBad(CellCoding.TRUTH, "n", " true or false (or t, f, yes, no, 1, 0), but was '1.5'");
    String date = " a date like 2026-01-31 or a time like 2026-01-31T12:30:00Z, but was 'Ulm'";
    assertBad(CellCoding.DAY, "city", date);
    assertBad(CellCoding.SECOND, "city", date);
    for (DataSource source : sources()) {
      try (source) {
        assertThatThrownBy(() -> source.readNumbers(List.of("city")))
            .isInstanceOf(DataException.class)
            .hasMessageEndingWith("column 'city': 'Ulm' is not a number");
      }
    }
  }

  private void assertBad(CellCoding coding, String column, String rule) {
    List<CodedColumn> wanted = List.of(new CodedColumn(column, coding));
    for (DataSource source : sources()) {
      try (source) {
        String name = source.description();
        assertThatThrownBy(() -> source.read(wanted, BlockStore.inMemory()))
            .as(name)
            .isInstanceOf(DataException.class)
            .message()
            .matches(".*, (line [12]|row 1), column '" + column + "' must be.*")
            .endsWith(rule);
        List<Float> values = new ArrayList<>();
        source.scan(
            wanted, List.of(), batch -> values.addAll(Tables.values(batch.rows().values())));
        assertThat(values).as(name).startsWith(INFINITE, NAN).hasSize(4);
      }
    }
  }

  @Test
  void kindsThatCanNotBeReadAreNamedBeforeAnyRow() {
    try (DataSource source = files.open("t.parquet")) {
      assertThatThrownBy(() -> read(source, "at", CellCoding.TRUTH))
          .hasMessage("t.parquet must be true or false, but column 'at' holds dates or times");
      assertThatThrownBy(() -> read(source, "n", CellCoding.DAY))
          .hasMessage("t.parquet must be a date or time, but column 'n' holds numbers");
      assertThatThrownBy(() -> read(source, "old", CellCoding.OPTIONAL_NUMBER))
          .hasMessage("t.parquet must be a number, but column 'old' holds true/false");
      assertThatThrownBy(() -> read(source, "ids", CellCoding.TEXT))
          .hasMessage("t.parquet has no column 'ids'; did you mean 'id'?");
    }
    files.write("l.jsonl", "{\"x\": \"a\"}\n{\"x\": [1]}\n");
    try (DataSource source = files.open("l.jsonl")) {
      assertThatThrownBy(() -> read(source, "x", CellCoding.TEXT))
          .hasMessage("l.jsonl, line 2, column 'x' must be a text, but was '[...]'");
    }
  }

  private static CodedRows read(DataSource source, String column, CellCoding coding) {
    return source.read(List.of(new CodedColumn(column, coding)), BlockStore.inMemory());
  }

  @Test
  void typesOfDatabasesAreReadAsTheyAre() {
    try (DataSource source =
        files.open(
            new DataSourceConfig.Sql(
                "SELECT DATE '1969-12-31' AS d, TIMESTAMP_NS '1970-01-02 00:00:01.999999999' AS ns,"
                    + " TIMESTAMPTZ '1970-01-01 00:30:00+01' AS tz, 2::DECIMAL(9, 2) AS dec,"
                    + " 9007199254740993::BIGINT AS big, 'infinity'::DATE AS never"))) {
      assertThat(Tables.values(read(source, "d", CellCoding.DAY).values())).containsExactly(-1f);
      assertThat(Tables.values(read(source, "d", CellCoding.SECOND).values())).containsExactly(0f);
      assertThat(Tables.values(read(source, "ns", CellCoding.DAY).values())).containsExactly(1f);
      assertThat(Tables.values(read(source, "ns", CellCoding.SECOND).values())).containsExactly(1f);
      assertThat(Tables.values(read(source, "tz", CellCoding.DAY).values())).containsExactly(-1f);
      assertThat(Tables.values(read(source, "tz", CellCoding.SECOND).values()))
          .containsExactly(84_600f);
      assertThat(read(source, "dec", CellCoding.TEXT).dictionary("dec").texts())
          .containsExactly("2");
      assertThat(read(source, "big", CellCoding.TEXT).dictionary("big").texts())
          .containsExactly("9007199254740993");
      assertThatThrownBy(() -> read(source, "never", CellCoding.DAY))
          .hasMessage(
              "the query's answer, row 1, column 'never' must be a date like 2026-01-31 or a time"
                  + " like 2026-01-31T12:30:00Z, but was 'infinity'");
    }
  }
}
