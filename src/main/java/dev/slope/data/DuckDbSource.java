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

/** A table of a DuckDB database, which is closed with it. */
abstract class DuckDbSource implements DataSource {
  private final String name;
  private final DuckDb duckDb;
  private final String table;
  private final String[] parameters;
  private final List<ColumnInfo> columns;
  private final long rows;

  /**
   * Opens a table.
   *
   * @param name how messages call it
   * @param duckDb closed where this fails
   * @param table what follows FROM
   * @param parameters of that
   */
  DuckDbSource(String name, DuckDb duckDb, String table, String... parameters) {
    this.name = name;
    this.duckDb = duckDb;
    this.table = table;
    this.parameters = parameters;
    boolean complete = false;
    try {
      this.columns = describe();
      this.rows = count();
      complete = true;
    } catch (SQLException e) {
      throw unreadable(e);
    } finally {
      if (!complete) {
        close();
      }
    }
  }

  private DuckDBPreparedStatement select(String columnsOrNumbers) throws SQLException {
    return duckDb.statement("SELECT " + columnsOrNumbers + " FROM " + table, parameters);
  }

  private List<ColumnInfo> describe() throws SQLException {
    List<ColumnInfo> result = new ArrayList<>();
    try (DuckDBPreparedStatement statement =
            duckDb.statement("SELECT * FROM " + table + " LIMIT 0", parameters);
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
    try (DuckDBPreparedStatement statement = select("count(*)");
        ResultSet result = statement.executeQuery()) {
      result.next();
      long count = result.getLong(1);
      if (count == 0) {
        throw new DataException(name + " must have rows, but has none");
      }
      return count;
    }
  }

  /** How many rows it has. */
  long rows() {
    return rows;
  }

  @Override
  public String description() {
    return name;
  }

  @Override
  public List<ColumnInfo> columns() {
    return columns;
  }

  @Override
  public FloatMatrix read(List<String> wanted, BlockStore store) {
    int[] indices = Columns.indices(name, columns, wanted);
    Columns.requireNumeric(name, columns, indices);
    String problem = "a value is no finite number";
    String floats =
        wanted.stream()
            .map(column -> "CAST(" + DuckDb.identifier(column) + " AS FLOAT)")
            .collect(Collectors.joining(", "));
    try (DuckDBPreparedStatement statement = select(floats)) {
      FloatMatrix matrix = DuckDb.finite(statement, wanted, store);
      if (matrix != null) {
        return matrix;
      }
    } catch (SQLException e) {
      problem = firstLine(e);
    }
    findBadCell(wanted);
    throw new DataException(name + " can't be read: " + problem);
  }

  /** Reads again, slowly, up to the first cell in the table's order that is no finite number. */
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
                throw CellProblem.of(
                    CellProblem.place(name, "row", row[0], wanted.get(column)),
                    batch.text().get(i)[column]);
              }
            }
          }
        });
  }

  @Override
  public void scan(List<String> numeric, List<String> text, BatchConsumer consumer) {
    Columns.indices(name, columns, numeric);
    Columns.indices(name, columns, text);
    String cells =
        Stream.concat(
                numeric.stream().map(name -> "TRY_CAST(" + DuckDb.identifier(name) + " AS FLOAT)"),
                text.stream().map(name -> "CAST(" + DuckDb.identifier(name) + " AS VARCHAR)"))
            .collect(Collectors.joining(", "));
    BatchWriter writer = new BatchWriter(numeric.size(), consumer);
    float[] values = new float[numeric.size()];
    try (DuckDBPreparedStatement statement = select(cells.isEmpty() ? "1" : cells);
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
      throw unreadable(e);
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

  /** What a failure of the database means to a user. */
  abstract DataException unreadable(SQLException e);

  static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    duckDb.close();
  }
}
