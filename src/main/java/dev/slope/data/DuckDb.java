package dev.slope.data;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * An embedded database in memory that reads files. Paths are parameters of prepared statements;
 * names of columns go into SQL in quotes, with the quotes in them doubled. Nothing else does.
 *
 * <p>Opening the first of a process takes most of a second: the driver unpacks its library.
 */
final class DuckDb implements AutoCloseable {
  private final DuckDBConnection connection;

  private DuckDb(DuckDBConnection connection) {
    this.connection = connection;
  }

  /** Opens a database that loads no extension, keeps rows in order and can't be reconfigured. */
  static DuckDb open() throws SQLException {
    DuckDBConnection connection =
        (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", new Properties());
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET autoinstall_known_extensions=false");
      statement.execute("SET autoload_known_extensions=false");
      statement.execute("SET preserve_insertion_order=true");
      statement.execute("SET memory_limit='" + memoryLimitMebibytes() + "MiB'");
      statement.execute("SET lock_configuration=true");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return new DuckDb(connection);
  }

  /** As much as the heap may take: what is left of the machine is TensorFlow's. */
  private static long memoryLimitMebibytes() {
    return Math.max(512, Runtime.getRuntime().maxMemory() >> 20);
  }

  /**
   * Reads columns of a CSV file as float32, in the file's order.
   *
   * @return null where a value is missing or not finite
   * @throws SQLException where a value is no number or the file is no such table
   */
  @Nullable FloatMatrix readCsv(Path path, List<ColumnInfo> columns, List<String> wanted)
      throws SQLException {
    // Through a table: it is filled on all cores, where streaming the scan itself takes one.
    String types =
        columns.stream()
            .map(ColumnInfo::name)
            .map(name -> literal(name) + ": " + (wanted.contains(name) ? "'FLOAT'" : "'VARCHAR'"))
            .collect(Collectors.joining(", ", "{", "}"));
    String scan =
        "CREATE OR REPLACE TEMP TABLE numbers AS SELECT "
            + positional(wanted)
            + " FROM read_csv(?, auto_detect=false, header=true, delim=',', quote='\"',"
            + " escape='\"', nullstr=['', 'NA', 'NULL'], columns="
            + types
            + ")";
    try (PreparedStatement statement = connection.prepareStatement(scan)) {
      statement.setString(1, literally(path));
      statement.execute();
    }
    try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM numbers")) {
      return finite(statement, wanted);
    }
  }

  /**
   * Reads columns of a Parquet file as float32, in the file's order.
   *
   * @return null where a value is missing or not finite
   * @throws SQLException where a value is no number or the file is not Parquet
   */
  @Nullable FloatMatrix readParquet(Path path, List<String> wanted) throws SQLException {
    String scan =
        "SELECT "
            + wanted.stream()
                .map(name -> "CAST(" + identifier(name) + " AS FLOAT)")
                .collect(Collectors.joining(", "))
            + " FROM read_parquet(?)";
    try (PreparedStatement statement = connection.prepareStatement(scan)) {
      statement.setString(1, literally(path));
      return finite(statement, wanted);
    }
  }

  /** A statement about one Parquet file, whose path is its parameter. */
  DuckDBPreparedStatement onParquet(Path path, String select) throws SQLException {
    return onFile("SELECT " + select + " FROM read_parquet(?)", path);
  }

  /** All columns and no row of a Parquet file. */
  DuckDBPreparedStatement emptyParquet(Path path) throws SQLException {
    return onFile("SELECT * FROM read_parquet(?) LIMIT 0", path);
  }

  private DuckDBPreparedStatement onFile(String query, Path path) throws SQLException {
    DuckDBPreparedStatement statement =
        (DuckDBPreparedStatement) connection.prepareStatement(query);
    statement.setString(1, literally(path));
    return statement;
  }

  /** Columns under names of our own, as two of them may be the same. */
  private static String positional(List<String> wanted) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      columns.add(identifier(wanted.get(i)) + " AS c" + i);
    }
    return String.join(", ", columns);
  }

  private static @Nullable FloatMatrix finite(PreparedStatement statement, List<String> wanted)
      throws SQLException {
    MatrixWriter writer = new MatrixWriter(wanted);
    float[] row = new float[wanted.size()];
    try (DuckDBChunkedResult result = statement.unwrap(DuckDBPreparedStatement.class).query()) {
      while (result.nextChunk()) {
        FloatChunk chunk = new FloatChunk(result.chunk(), wanted.size());
        for (int i = 0; i < chunk.rows(); i++) {
          if (!chunk.copyFinite(i, row)) {
            return null;
          }
          writer.add(row);
        }
      }
    }
    return writer.finish();
  }

  /** A path as a pattern of DuckDB that only this file matches: one character a bracket. */
  private static String literally(Path path) {
    return path.toString().replaceAll("[\\[*?]", "[$0]");
  }

  /** A name as SQL's identifier. */
  static String identifier(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
