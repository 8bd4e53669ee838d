package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.Precision;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  /** Wide enough to be read by several threads where there are cores for them. */
  private static final int WIDE_ROWS = 61_234;

  private static final int WIDE_COLUMNS = 64;

  /** Numbers that count on from cell to cell and from row to row, behind a column to choose. */
  private static String wide(String firstColumn) {
    return "SELECT "
        + firstColumn
        + " AS c0, "
        + IntStream.range(1, WIDE_COLUMNS)
            .mapToObj(i -> "(i * " + WIDE_COLUMNS + " + " + i + ")::FLOAT AS c" + i)
            .collect(Collectors.joining(", "))
        + " FROM range("
        + WIDE_ROWS
        + ") r(i)";
  }

  private static List<String> wideNames() {
    return IntStream.range(0, WIDE_COLUMNS).mapToObj(i -> "c" + i).toList();
  }

  @Test
  void rowGroupsAreReadAtOnceIntoTheirPlaces() throws SQLException {
    try (DataSource source = source(wide("(i * 64)::FLOAT"), "ROW_GROUP_SIZE 6144")) {
      FloatMatrix rows = source.readNumbers(wideNames());

      int value = 0;
      for (FloatBlock block : rows.blocks()) {
        FloatBuffer values = block.values();
        while (values.hasRemaining()) {
          assertThat(values.get()).isEqualTo(value);
          value++;
        }
      }
      assertThat(value).isEqualTo(WIDE_ROWS * WIDE_COLUMNS);
      assertThat(rows.blocks().stream().map(FloatBlock::rows))
          .containsExactly(1024, 2048, 4096, 8192, 16_384, WIDE_ROWS - 31 * 1024);
    }
  }

  @Test
  void rangesAreOfWholeRowGroups() throws SQLException {
    try (ParquetSource source = source("SELECT i FROM range(20000) r(i)", "ROW_GROUP_SIZE 2048")) {
      for (int most = 1; most <= 12; most++) {
        List<RowRange> ranges = source.ranges(most);
        assertThat(ranges).hasSize(Math.min(most, 10));
        long next = 0;
        for (RowRange range : ranges) {
          assertThat(range.first()).isEqualTo(next);
          assertThat(range.first() % 2048).isZero();
          assertThat(range.rows()).isPositive();
          next += range.rows();
        }
        assertThat(next).isEqualTo(20_000);
      }
    }
  }

  @Test
  void aLargeRowGroupIsARangeOfItsOwn() throws SQLException {
    try (ParquetSource source = source("SELECT i FROM range(5000) r(i)", "ROW_GROUP_SIZE 4096")) {
      assertThat(source.ranges(4)).extracting(RowRange::rows).containsExactly(4096L, 904L);
    }
  }

  @Test
  void readsAColumnThatIsCalledAsTheReadersOwn() throws SQLException {
    try (ParquetSource source =
        source("SELECT 1000 - i AS File_Row_Number FROM range(5000) r(i)", "ROW_GROUP_SIZE 2048")) {
      assertThat(source.ranges(4)).hasSize(1);
      assertThat(Tables.values(source.readNumbers(List.of("File_Row_Number"))))
          .startsWith(1000f, 999f)
          .hasSize(5000);
    }
  }

  @Test
  void namesTheFirstOfSeveralBadCells() throws SQLException {
    String firstColumn = "CASE WHEN i IN (%s) THEN NULL ELSE i::FLOAT END";
    for (String bad : List.of("25000, 61233", "25000, 32768, 60000", "25000")) {
      try (DataSource source = source(wide(firstColumn.formatted(bad)), "ROW_GROUP_SIZE 6144")) {
        assertThatThrownBy(() -> source.readNumbers(wideNames()))
            .isInstanceOf(DataException.class)
            .hasMessage("t.parquet, row 25001, column 'c0' is missing a value");
      }
    }
  }

  @Test
  void aFileMustNotChangeWhileItIsRead() throws SQLException {
    for (int rows : new int[] {2, 4}) {
      try (DataSource source = source("SELECT i FROM range(3) r(i)")) {
        write("SELECT i FROM range(" + rows + ") r(i)", "");
        assertThatThrownBy(() -> source.readNumbers(List.of("i")))
            .isInstanceOf(DataException.class)
            .hasMessage("t.parquet must not change while it is read, but its number of rows did");
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
    return source(query, "");
  }

  private ParquetSource source(String query, String option) throws SQLException {
    return new ParquetSource(new DataFile(write(query, option), "t.parquet"), DuckDb.open());
  }

  private Path write(String query, String option) throws SQLException {
    Path path = folder.resolve("t.parquet");
    String options = "FORMAT parquet" + (option.isEmpty() ? "" : ", " + option);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + query + ") TO '" + path + "' (" + options + ")");
    }
    return path;
  }
}
