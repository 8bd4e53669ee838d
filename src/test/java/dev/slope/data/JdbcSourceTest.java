package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.DataSourceConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against SQLite and a PostgreSQL server. */
class JdbcSourceTest {
  private static final String SECRET = "pässwörd-7";

  @TempDir private Path folder;

  @Test
  void readsSqlite() throws SQLException {
    String url =
        sqlite(
            "CREATE TABLE t (x INT, y REAL, s TEXT)",
            "INSERT INTO t VALUES (1, 2.5, 'a'), (3, -4, NULL)");
    try (DataSource source = open(url, "SELECT x, y AS \"y y\", s FROM t ORDER BY x DESC")) {
      assertThat(source.description()).isEqualTo(url);
      assertThat(Columns.names(source.columns())).containsExactly("x", "y y", "s");
      FloatMatrix rows = source.readNumbers(List.of("y y", "x"));
      assertThat(Tables.values(rows)).containsExactly(-4f, 3f, 2.5f, 1f);
      assertThat(source.fingerprint()).isEqualTo(Fingerprint.ofValues(rows));
      assertThat(SourceFixture.scan(source, "x", "s")).containsExactly("3.0|", "1.0|a");
    }
  }

  @Test
  void namesTheRowAndTheColumn() throws SQLException {
    String url =
        sqlite(
            "CREATE TABLE t (i INT, x)",
            "INSERT INTO t VALUES (1, 1), (2, '1e39'), (3, NULL), (4, 'a')");
    assertProblem(url, "SELECT x FROM t WHERE i <> 2", "row 2, column 'x' is missing a value");
    assertProblem(
        url, "SELECT x FROM t WHERE i IN (1, 4)", "row 2, column 'x': 'a' is not a number");
    assertProblem(
        url,
        "SELECT x FROM t",
        "row 2, column 'x' must be a finite number of float32 (at most 3.4e38), but was 1e39");
  }

  private void assertProblem(String url, String query, String message) {
    try (DataSource source = open(url, query)) {
      assertThatThrownBy(() -> source.readNumbers(List.of("x")))
          .isInstanceOf(DataException.class)
          .hasMessage(url + ", " + message);
    }
  }

  @Test
  void saysWhatTheDatabaseSays() throws SQLException {
    String url = sqlite("CREATE TABLE t (x INT)");
    assertThatThrownBy(() -> open(url, "SELECT gone FROM t"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(url + ": ")
        .hasMessageContaining("no such column: gone");
    assertThatThrownBy(() -> open(url, "SELECT x FROM t"))
        .hasMessage(url + " must have rows, but the query's answer has none");
    assertThatThrownBy(() -> open(url, "SELECT 1 AS a, 2 AS a"))
        .hasMessage(url + ": column names must be unique, but 'a' occurs more than once");
    assertThatThrownBy(() -> open("jdbc:nosuch://host/db?x=1", "SELECT 1"))
        .hasMessage(
            "jdbc:nosuch://host/db needs a JDBC driver, but none on the class path takes it; put"
                + " the driver's jar into lib/");
  }

  @Test
  void whatTheQueryChangesIsUndone() throws SQLException {
    String url = sqlite("CREATE TABLE t (x INT)", "INSERT INTO t VALUES (1)");
    assertThatThrownBy(() -> open(url, "DELETE FROM t")).isInstanceOf(DataException.class);
    try (DataSource source = open(url, "SELECT count(*) AS n FROM t")) {
      assertThat(Tables.values(source.readNumbers(List.of("n")))).containsExactly(1f);
    }
  }

  @Test
  void takesSecretsFromTheEnvironmentAndShowsNone() throws IOException, SQLException {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE USER reader PASSWORD '" + SECRET + "'");
        statement.execute(
            "CREATE TABLE houses AS SELECT i::bigint AS id, (i * 1.5)::numeric(9, 2) AS area,"
                + " i::float8 AS price, i % 2 = 0 AS old, 'h' || i AS name, CURRENT_DATE AS day,"
                + " CASE WHEN i <> 25000 THEN i END AS rooms FROM generate_series(1, 25000) i");
        statement.execute("GRANT SELECT ON houses TO reader");
      }
      String url = "jdbc:postgresql://localhost:${DB_PORT}/postgres?ApplicationName=slope";
      Map<String, String> environment =
          Map.of("DB_PORT", String.valueOf(server.getPort()), "DB_PASSWORD", SECRET);
      DataSourceConfig.Jdbc config =
          new DataSourceConfig.Jdbc(
              url, "SELECT * FROM houses ORDER BY id", "reader", "${DB_PASSWORD}");
      try (DataSource source = open(config, environment)) {
        assertThat(source.description())
            .isEqualTo("jdbc:postgresql://localhost:${DB_PORT}/postgres");
        assertThat(source.columns())
            .containsExactly(
                new ColumnInfo("id", ColumnInfo.Kind.NUMERIC),
                new ColumnInfo("area", ColumnInfo.Kind.NUMERIC),
                new ColumnInfo("price", ColumnInfo.Kind.NUMERIC),
                new ColumnInfo("old", ColumnInfo.Kind.BOOLEAN),
                new ColumnInfo("name", ColumnInfo.Kind.TEXT),
                new ColumnInfo("day", ColumnInfo.Kind.TEMPORAL),
                new ColumnInfo("rooms", ColumnInfo.Kind.NUMERIC));
        List<Float> values = Tables.values(source.readNumbers(List.of("id", "area")));
        assertThat(values).hasSize(50_000);
        assertThat(values.subList(49_998, 50_000)).containsExactly(25_000f, 37_500f);
        assertThatThrownBy(() -> source.readNumbers(List.of("rooms")))
            .hasMessage(
                "jdbc:postgresql://localhost:${DB_PORT}/postgres, row 25000, column 'rooms' is"
                    + " missing a value");
        assertThatThrownBy(() -> source.readNumbers(List.of("old")))
            .hasMessageEndingWith("must be a number, but column 'old' holds true/false");
      }
      readsEveryType(url, environment);
      assertThatThrownBy(
              () ->
                  open(
                      new DataSourceConfig.Jdbc(
                          url, "SELECT '" + SECRET + "'::int", "reader", "${DB_PASSWORD}"),
                      environment))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("invalid input syntax")
          .hasMessageContaining("${DB_PASSWORD}")
          .hasNoCause()
          .message()
          .doesNotContain(SECRET);
    }
  }

  /** Times of PostgreSQL's own types; a time with a zone is the same moment in UTC. */
  private static void readsEveryType(String url, Map<String, String> environment) {
    String query =
        "SELECT true AS b, 7::numeric(5, 2) AS c, 'Ulm' AS t, DATE '1970-01-03' AS d,"
            + " TIMESTAMP '1969-12-31 23:59:59.9' AS ts,"
            + " TIMESTAMPTZ '1970-01-01 01:30:00+02' AS tz UNION ALL"
            + " SELECT NULL, NULL, NULL, NULL, NULL, NULL";
    List<CodedColumn> columns =
        List.of(
            new CodedColumn("b", CellCoding.TRUTH),
            new CodedColumn("c", CellCoding.TEXT),
            new CodedColumn("t", CellCoding.TEXT),
            new CodedColumn("d", CellCoding.DAY),
            new CodedColumn("ts", CellCoding.DAY),
            new CodedColumn("ts", CellCoding.SECOND),
            new CodedColumn("tz", CellCoding.DAY),
            new CodedColumn("tz", CellCoding.SECOND));
    try (DataSource source =
        open(new DataSourceConfig.Jdbc(url, query, "reader", "${DB_PASSWORD}"), environment)) {
      CodedRows rows = source.read(columns, BlockStore.inMemory());
      List<Float> values = Tables.values(rows.values());
      // 01:30 two hours before UTC is 23:30 of the day before: 84,600 seconds.
      assertThat(values.subList(0, 8)).containsExactly(1f, 0f, 0f, 2f, -1f, 86_399f, -1f, 84_600f);
      assertThat(values.subList(8, 16)).containsOnly(Float.NaN);
      assertThat(rows.dictionary("c").texts()).containsExactly("7");
      assertThat(rows.dictionary("t").texts()).containsExactly("Ulm");
      assertThat(source.fingerprint()).isEqualTo(Fingerprint.ofRows(rows));
    }
  }

  @Test
  void asksForTheVariableThatIsNotSet() {
    assertThatThrownBy(
            () ->
                open(
                    new DataSourceConfig.Jdbc("jdbc:sqlite::memory:", "SELECT 1", null, "${NONE}"),
                    Map.of()))
        .hasMessage(
            "the environment variable NONE, which a jdbc source names, must be set, but is not");
  }

  private String sqlite(String... statements) throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("it's.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return url;
  }

  private static DataSource open(String url, String query) {
    return open(new DataSourceConfig.Jdbc(url, query, null, null), Map.of());
  }

  private static DataSource open(DataSourceConfig.Jdbc config, Map<String, String> environment) {
    return new JdbcSource(config, new EnvironmentText(environment));
  }
}
