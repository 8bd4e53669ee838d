package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetSourceTest {
  @TempDir private Path folder;

  @Test
  void readsNumbersOfEveryType() throws SQLException {
    try (DataSource source =
        source(
            "SELECT 1::BIGINT AS i, 2.5::DOUBLE AS d, 3.25::DECIMAL(9, 2) AS \"m \"\"x\", 'a' AS t,"
                + " true AS b, DATE '2026-01-31' AS day, [1, 2] AS l")) {
      assertThat(source.columns())
          .containsExactly(
              new ColumnInfo("i", ColumnInfo.Kind.NUMERIC),
              new ColumnInfo("d", ColumnInfo.Kind.NUMERIC),
              new ColumnInfo("m \"x", ColumnInfo.Kind.NUMERIC),
              new ColumnInfo("t", ColumnInfo.Kind.TEXT),
              new ColumnInfo("b", ColumnInfo.Kind.BOOLEAN),
              new ColumnInfo("day", ColumnInfo.Kind.TEMPORAL),
              new ColumnInfo("l", ColumnInfo.Kind.OTHER));
      assertThat(Tables.values(source.readNumbers(List.of("m \"x", "i", "d"))))
          .containsExactly(3.25f, 1f, 2.5f);
      assertThat(source.fingerprint().rows()).isEqualTo(1);
      assertThatThrownBy(() -> source.readNumbers(List.of("b")))
          .hasMessage("t.parquet must be a number, but column 'b' holds true/false");
    }
  }

  // 2^53 - 1 is the largest odd double; as float32 it would be 2^53.
  @Test
  void doublesKeepTheirDigits() throws SQLException {
    try (DataSource source =
        source(
            "SELECT 9007199254740991::BIGINT AS i, 0.1::DOUBLE AS d, 1.234567891::DECIMAL(12, 9) AS"
                + " m, 0.1::FLOAT AS f, '1.1' AS t")) {
      FloatMatrix rows =
          source.readNumbers(
              List.of("i", "d", "m", "f", "t"), BlockStore.inMemory(Precision.FLOAT64));

      assertThat(Tables.doubles(rows))
          .containsExactly(9007199254740991.0, 0.1, 1.234567891, (double) 0.1f, 1.1);
    }
  }

  @Test
  void keepsTheOrderOfRows() throws SQLException {
    try (DataSource source = source("SELECT i FROM range(300000) r(i)")) {
      List<Float> values = Tables.values(source.readNumbers(List.of("i")));
      assertThat(values).hasSize(300_000);
      for (int i = 0; i < values.size(); i++) {
        assertThat(values.get(i).intValue()).isEqualTo(i);
      }
    }
  }

  @Test
  void namesTheFirstBadCell() throws SQLException {
    assertProblem(
        "SELECT * FROM (VALUES (1), (NULL)) v(x)", "row 2, column 'x' is missing a value");
    assertProblem(
        "SELECT * FROM (VALUES ('1'), ('abc')) v(x)", "row 2, column 'x': 'abc' is not a number");
    String finite = " must be a finite number of float32 (at most 3.4e38), but was ";
    assertProblem("SELECT 'NaN'::DOUBLE AS x", "row 1, column 'x'" + finite + "nan");
    assertProblem("SELECT 1e39::DOUBLE AS x", "row 1, column 'x'" + finite + "1e+39");
  }

  private void assertProblem(String query, String message) throws SQLException {
    try (DataSource source = source(query)) {
      assertThatThrownBy(() -> source.readNumbers(List.of("x")))
          .isInstanceOf(DataException.class)
          .hasMessage("t.parquet, " + message);
    }
  }

  @Test
  void scanIsLenient() throws SQLException {
    List<Float> numbers = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    try (DataSource source =
        source("SELECT * FROM (VALUES ('1', 'a'), ('abc', NULL), (NULL, 'c')) v(x, t)")) {
      source.scan(
          List.of(new CodedColumn("x", CellCoding.OPTIONAL_NUMBER)),
          List.of("t"),
          batch -> {
            numbers.addAll(Tables.values(new FloatMatrix(List.of("x"), List.of(batch.block()))));
            batch.text().forEach(row -> texts.add(row[0]));
          });
    }
    assertThat(numbers).containsExactly(1f, Float.POSITIVE_INFINITY, Float.NaN);
    assertThat(texts).containsExactly("a", "", "c");
  }

  @Test
  void rejectsFilesWithoutRowsAndOtherFormats() throws SQLException, IOException {
    assertThatThrownBy(() -> source("SELECT 1 AS x LIMIT 0"))
        .isInstanceOf(DataException.class)
        .hasMessage("t.parquet must have rows, but has none");
    Path text = Files.writeString(folder.resolve("text.parquet"), "x,y\n1,2\n3,4\n5,6\n7,8\n");
    assertThatThrownBy(() -> new ParquetSource(new DataFile(text, "text.parquet"), DuckDb.open()))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("text.parquet can't be read as Parquet: ");
  }

  private DataSource source(String query) throws SQLException {
    Path path = folder.resolve("t.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + query + ") TO '" + path + "' (FORMAT parquet)");
    }
    return new ParquetSource(new DataFile(path, "t.parquet"), DuckDb.open());
  }
}
