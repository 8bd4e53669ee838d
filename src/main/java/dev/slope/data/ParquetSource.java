package dev.slope.data;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/** A Parquet file, read through DuckDB. */
final class ParquetSource implements DataSource {
  private final DataFile file;
  private final DuckDb duckDb;
  private final List<ColumnInfo> columns;
  private final long rows;

  ParquetSource(DataFile file) {
    this.file = file;
    DuckDb opened = null;
    boolean complete = false;
    try {
      opened = DuckDb.open();
      this.duckDb = opened;
      this.columns = describe();
      this.rows = count();
      complete = true;
    } catch (SQLException e) {
      throw notReadable(e);
    } finally {
      if (opened != null && !complete) {
        closeQuietly(opened);
      }
    }
  }

  private static void closeQuietly(DuckDb duckDb) {
    try {
      duckDb.close();
    } catch (SQLException e) {
      // What went wrong before is on its way to the user.
      return;
    }
  }

  private List<ColumnInfo> describe() throws SQLException {
    List<ColumnInfo> result = new ArrayList<>();
    try (DuckDBPreparedStatement statement = duckDb.emptyParquet(file.path());
        ResultSet none = statement.executeQuery()) {
      ResultSetMetaData meta = none.getMetaData();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        result.add(new ColumnInfo(meta.getColumnName(i), kind(meta.getColumnTypeName(i))));
      }
    }
    return List.copyOf(result);
  }

  private static ColumnInfo.Kind kind(String type) {
    String name = type.toUpperCase(Locale.ROOT);
    if (name.endsWith("]") || name.contains("STRUCT") || name.contains("MAP")) {
      return ColumnInfo.Kind.OTHER;
    }
    if (name.startsWith("DECIMAL") || name.endsWith("INT") || name.endsWith("INTEGER")) {
      return ColumnInfo.Kind.NUMERIC;
    }
    if (name.startsWith("TIME") || name.equals("DATE")) {
      return ColumnInfo.Kind.TEMPORAL;
    }
    return switch (name) {
      case "FLOAT", "DOUBLE" -> ColumnInfo.Kind.NUMERIC;
      case "BOOLEAN" -> ColumnInfo.Kind.BOOLEAN;
      case "VARCHAR" -> ColumnInfo.Kind.TEXT;
      default -> name.startsWith("ENUM") ? ColumnInfo.Kind.TEXT : ColumnInfo.Kind.OTHER;
    };
  }

  private long count() throws SQLException {
    try (DuckDBPreparedStatement statement = duckDb.onParquet(file.path(), "count(*)");
        ResultSet result = statement.executeQuery()) {
      result.next();
      long count = result.getLong(1);
      if (count == 0) {
        throw new DataException(file.name() + " must have rows, but has none");
      }
      return count;
    }
  }

  @Override
  public String description() {
    return file.name();
  }

  @Override
  public List<ColumnInfo> columns() {
    return columns;
  }

  @Override
  public FloatMatrix read(List<String> wanted) {
    int[] indices = Columns.indices(file.name(), columns, wanted);
    Columns.requireNumeric(file.name(), columns, indices);
    String problem = "a value is no finite number";
    try {
      FloatMatrix matrix = duckDb.readParquet(file.path(), wanted);
      if (matrix != null) {
        return matrix;
      }
    } catch (SQLException e) {
      problem = firstLine(e);
    }
    findBadCell(wanted);
    throw new DataException(file.name() + " can't be read: " + problem);
  }

  /** Reads again, slowly, up to the first cell in the file's order that is no finite number. */
  private void findBadCell(List<String> wanted) {
    long[] row = {0};
    scan(
        wanted,
        wanted,
        batch -> {
          for (int i = 0; i < batch.text().size(); i++) {
            row[0]++;
            for (int column = 0; column < wanted.size(); column++) {
              if (Float.isNaN(batch.numeric().get(i, column))) {
                throw badCell(row[0], wanted.get(column), batch.text().get(i)[column]);
              }
            }
          }
        });
  }

  private DataException badCell(long row, String column, String text) {
    String place = CellProblem.place(file.name(), "row", row, column);
    if (text.isEmpty()) {
      return CellProblem.missing(place);
    }
    return NumberText.isDecimal(text) || NumberText.isNotFinite(text)
        ? CellProblem.notFinite(place, text)
        : CellProblem.notANumber(place, text);
  }

  @Override
  public void scan(List<String> numeric, List<String> text, BatchConsumer consumer) {
    Columns.indices(file.name(), columns, numeric);
    Columns.indices(file.name(), columns, text);
    String select =
        Stream.concat(
                numeric.stream().map(name -> "TRY_CAST(" + DuckDb.identifier(name) + " AS FLOAT)"),
                text.stream().map(name -> "CAST(" + DuckDb.identifier(name) + " AS VARCHAR)"))
            .collect(Collectors.joining(", "));
    BatchWriter writer = new BatchWriter(numeric.size(), consumer);
    float[] values = new float[numeric.size()];
    try (DuckDBPreparedStatement statement =
            duckDb.onParquet(file.path(), select.isEmpty() ? "1" : select);
        DuckDBChunkedResult result = statement.query()) {
      while (result.nextChunk()) {
        FloatChunk chunk = new FloatChunk(result.chunk(), values.length);
        DuckDBReadableVector[] texts = new DuckDBReadableVector[text.size()];
        for (int i = 0; i < texts.length; i++) {
          texts[i] = result.chunk().vector(values.length + i);
        }
        for (int row = 0; row < chunk.rows(); row++) {
          chunk.copy(row, values);
          writer.add(values, texts(texts, row));
        }
      }
    } catch (SQLException e) {
      throw notReadable(e);
    }
    writer.finish();
  }

  private static String[] texts(DuckDBReadableVector[] vectors, int row) {
    String[] shown = new String[vectors.length];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = vectors[i].isNull(row) ? "" : vectors[i].getString(row);
    }
    return shown;
  }

  private DataException notReadable(SQLException e) {
    return new DataException(
        "%s can't be read as Parquet: %s".formatted(file.name(), firstLine(e)), e);
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public Fingerprint fingerprint() {
    return new Fingerprint(file.sha256(), rows);
  }

  @Override
  public void close() {
    try {
      duckDb.close();
    } catch (SQLException e) {
      throw new DataException(file.name() + " can't be closed: " + firstLine(e), e);
    }
  }
}
