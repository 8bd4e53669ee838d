package dev.slope.data;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

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
    return open(List.of());
  }

  /**
   * Opens a database with some settings of its own.
   *
   * @param settings {@code SET} statements, run before the configuration is locked
   */
  static DuckDb open(List<String> settings) throws SQLException {
    DuckDBConnection connection =
        (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", new Properties());
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET autoinstall_known_extensions=false");
      statement.execute("SET autoload_known_extensions=false");
      statement.execute("SET preserve_insertion_order=true");
      statement.execute("SET memory_limit='" + memoryLimitMebibytes() + "MiB'");
      statement.execute("SET temp_directory=" + literal(spillDirectory()));
      for (String setting : settings) {
        statement.execute(setting);
      }
      statement.execute("SET lock_configuration=true");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return new DuckDb(connection);
  }

  /** Where it puts what does not fit; made when needed, and its own. */
  private static String spillDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir"), "slope-duckdb-" + UUID.randomUUID())
        .toString();
  }

  /** As much as the heap may take: what is left of the machine is TensorFlow's. */
  private static long memoryLimitMebibytes() {
    return Math.max(512, Runtime.getRuntime().maxMemory() >> 20);
  }

  /** Another connection to the same database; each is closed by itself. */
  DuckDb duplicate() throws SQLException {
    return new DuckDb(connection.duplicate());
  }

  /** A statement to run once. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A prepared statement with texts as its parameters. */
  DuckDBPreparedStatement statement(String sql, String... parameters) throws SQLException {
    DuckDBPreparedStatement statement = (DuckDBPreparedStatement) connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setString(i + 1, parameters[i]);
    }
    return statement;
  }

  /** A path as a pattern of DuckDB that only this file matches: one character a bracket. */
  static String literally(Path path) {
    return path.toString().replaceAll("[\\[*?]", "[$0]");
  }

  /** A name as SQL's identifier. */
  static String identifier(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Closes the connection; the last one closes the database. Nothing of it is kept. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new DataException("DuckDB can't be closed: " + e.getMessage(), e);
    }
  }
}
