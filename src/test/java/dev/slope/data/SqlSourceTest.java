package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.DataSourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlSourceTest {
  @TempDir private Path folder;
  private SourceFixture files;

  @BeforeEach
  void files() {
    files = new SourceFixture(folder);
    files.write("a.csv", "x,y\n1,10\n2,20\n3,30\n");
    files.write("ü b.csv", "x,z\n2,200\n3,300\n");
  }

  @Test
  void readsTheAnswer() {
    try (DataSource source =
        open(
            "SELECT a.x, y, z AS \"z z\", 'ä' AS t FROM 'a.csv' AS a JOIN read_csv(['ü b.csv'])"
                + " b ON a.x = b.x ORDER BY a.x DESC; -- all")) {
      assertThat(Columns.names(source.columns())).containsExactly("x", "y", "z z", "t");
      assertThat(Tables.values(source.readNumbers(List.of("x", "y", "z z"))))
          .containsExactly(3f, 30f, 300f, 2f, 20f, 200f);
      assertThat(source.fingerprint().rows()).isEqualTo(2);
      assertThat(SourceFixture.scan(source, "x", "t")).containsExactly("3.0|ä", "2.0|ä");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FROM 'a.csv' SELECT sum(y) AS s                        | 60",
        "WITH b AS (SELECT * FROM \"a.csv\") SELECT max(y) AS s FROM b | 30",
        "SELECT count(*) AS s FROM read_csv('*.csv', union_by_name=true) | 5",
        "SELECT min(x) AS s FROM '*b.csv'                       | 2",
        "SELECT 7 AS s                                          | 7"
      })
  void takesEveryFormOfSelect(String query, float sum) {
    try (DataSource source = open(query)) {
      assertThat(Tables.values(source.readNumbers(List.of("s")))).containsExactly(sum);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1 AS x; SELECT 2     | must be one SELECT statement, but has 2",
        "''                          | must be one SELECT statement, but has 0",
        "SET threads=8               | must be a SELECT that DuckDB can read, but: ",
        "COPY (SELECT 1) TO 'out.csv' | must be a SELECT that DuckDB can read, but: ",
        "ATTACH 'x.db'               | must be a SELECT that DuckDB can read, but: ",
        "INSTALL httpfs              | must be a SELECT that DuckDB can read, but: ",
        "SELEC 1                     | must be a SELECT that DuckDB can read, but: syntax error",
        "WITH a AS (INSERT INTO b VALUES (1) RETURNING *) FROM a | must only read, but has INSERT",
        "SELECT * FROM 'gone.csv'    | must be a SELECT that DuckDB can run, but failed: IO Error",
        "SELECT w FROM 'a.csv'       | must be a SELECT that DuckDB can run, but failed: Binder"
      })
  void refusesAnythingElse(String query, String message) {
    assertThatThrownBy(() -> open(query))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("the query " + message);
    assertThat(folder.resolve("out.csv")).doesNotExist();
  }

  @Test
  void namesTheCell() {
    assertThatThrownBy(
            () -> open("SELECT nullif(x, 2) AS x FROM 'a.csv'").readNumbers(List.of("x")))
        .hasMessage("the query's answer, row 2, column 'x' is missing a value");
    assertThatThrownBy(() -> open("SELECT 1 AS x, 2 AS x"))
        .hasMessage(
            "the query's answer: column names must be unique, but 'x' occurs more than once");
    assertThatThrownBy(() -> open("SELECT * FROM 'a.csv' WHERE x > 9"))
        .hasMessage("the query's answer must have rows, but has none");
  }

  @Test
  void aFileInTheConfigsFolderGoesBeforeOneInTheWorkingDirectory() throws IOException {
    Path working = Files.writeString(Path.of("sql-source-test.csv"), "x\n-1\n");
    try {
      assertThatThrownBy(() -> open("SELECT x FROM 'sql-source-test.csv'"))
          .hasMessage(
              "'sql-source-test.csv' of the query must be in the config's folder, "
                  + folder.toAbsolutePath().normalize()
                  + ", and in quotes, but is in the working directory");
      files.write("sql-source-test.csv", "x\n5\n");
      for (String table :
          List.of(
              "'sql-source-test.csv' t",
              "read_csv('sql-source-test.csv')",
              "\"sql-source-test.csv\"")) {
        try (DataSource source = open("SELECT 'é' AS e, x FROM " + table)) {
          assertThat(Tables.values(source.readNumbers(List.of("x")))).containsExactly(5f);
        }
      }
    } finally {
      Files.delete(working);
    }
  }

  @Test
  void theSameFloatSumEveryTime() {
    // Sums of doubles depend on their order, which several threads would change.
    String query =
        "SELECT g, sum(1 / (i + 1.0)) AS s FROM (SELECT i, i % 7 AS g FROM range(500000) r(i))"
            + " GROUP BY g";
    List<Float> first = values(query);
    for (int i = 0; i < 3; i++) {
      assertThat(values(query)).isEqualTo(first);
    }
  }

  private List<Float> values(String query) {
    try (DataSource source = open(query)) {
      return Tables.values(source.readNumbers(List.of("g", "s")));
    }
  }

  private DataSource open(String query) {
    return files.open(new DataSourceConfig.Sql(query.isEmpty() ? " ;" : query));
  }
}
