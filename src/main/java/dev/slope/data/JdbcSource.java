package dev.slope.data;

import dev.slope.config.DataSourceConfig;
import dev.slope.config.Precision;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What a database answers to a query, which it is asked each time the rows are read. */
final class JdbcSource extends RowSource {
  /** Rows that a driver fetches at once, where it does not fetch all. */
  private static final int FETCH_ROWS = 10_000;

  private final String name;
  private final String query;
  private final EnvironmentText environment;
  private final Connection connection;
  private final List<ColumnInfo> columns;
  private @Nullable Fingerprint fingerprint;

  /** Connects and asks for the first row. */
  JdbcSource(DataSourceConfig.Jdbc config, EnvironmentText environment) {
    this.name = withoutParameters(config.url());
    this.query = config.query();
    this.environment = environment;
    this.connection = connect(config);
    boolean complete = false;
    try {
      connection.setAutoCommit(false);
      this.columns = describe();
      complete = true;
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      if (!complete) {
        close();
      }
    }
    Columns.checkNames(name, Columns.names(columns));
  }

  private static String withoutParameters(String url) {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }

  private Connection connect(DataSourceConfig.Jdbc config) {
    String url = environment.resolve(config.url());
    Properties properties = new Properties();
    if (config.user() != null) {
      properties.setProperty("user", environment.resolve(config.user()));
    }
    if (config.password() != null) {
      properties.setProperty("password", environment.resolve(config.password()));
    }
    try {
      DriverManager.getDriver(url);
    } catch (SQLException e) {
      throw new DataException(
          "%s needs a JDBC driver, but none on the class path takes it; put the driver's jar into"
                  .formatted(name)
              + " lib/");
    }
    try {
      return DriverManager.getConnection(url, properties);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private PreparedStatement statement() throws SQLException {
    return connection.prepareStatement(
        query, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
  }

  private List<ColumnInfo> describe() throws SQLException {
    try (PreparedStatement statement = statement()) {
      statement.setMaxRows(1);
      try (ResultSet first = statement.executeQuery()) {
        ResultSetMetaData meta = first.getMetaData();
        List<ColumnInfo> result = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
          result.add(new ColumnInfo(meta.getColumnLabel(i), kind(meta.getColumnType(i))));
        }
        if (!first.next()) {
          throw new DataException(name + " must have rows, but the query's answer has none");
        }
        return List.copyOf(result);
      }
    }
  }

  private static ColumnInfo.Kind kind(int type) {
    return switch (type) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.DECIMAL,
          Types.NUMERIC ->
          ColumnInfo.Kind.NUMERIC;
      case Types.BOOLEAN, Types.BIT -> ColumnInfo.Kind.BOOLEAN;
      case Types.DATE,
          Types.TIME,
          Types.TIMESTAMP,
          Types.TIME_WITH_TIMEZONE,
          Types.TIMESTAMP_WITH_TIMEZONE ->
          ColumnInfo.Kind.TEMPORAL;
      case Types.ARRAY,
          Types.STRUCT,
          Types.BINARY,
          Types.VARBINARY,
          Types.LONGVARBINARY,
          Types.BLOB ->
          ColumnInfo.Kind.OTHER;
      // Text, and what a driver leaves open: each cell is looked at.
      default -> ColumnInfo.Kind.TEXT;
    };
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
  RowCursor open(Precision precision) {
    return new Rows(precision);
  }

  @Override
  public CodedRows read(List<CodedColumn> wanted, BlockStore store) {
    CodedRows rows = super.read(wanted, store);
    fingerprint = Fingerprint.ofRows(rows);
    return rows;
  }

  @Override
  public Fingerprint fingerprint() {
    if (fingerprint == null) {
      throw new IllegalStateException("a database's rows have a fingerprint once they were read");
    }
    return fingerprint;
  }

  /** A driver's message without what the environment held; its stack could show it too. */
  private DataException failed(SQLException e) {
    String message = String.valueOf(e.getMessage()).strip();
    return new DataException(name + ": " + environment.hidden(message));
  }

  @Override
  public void close() {
    try {
      // Whatever the query did is undone: a source is read.
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The rows of one run of the query. */
  private final class Rows implements RowCursor {
    private final Precision precision;
    private final PreparedStatement statement;
    private final ResultSet result;
    private long row;

    Rows(Precision precision) {
      this.precision = precision;
      PreparedStatement prepared = null;
      ResultSet answer = null;
      try {
        prepared = statement();
        prepared.setFetchSize(FETCH_ROWS);
        answer = prepared.executeQuery();
        this.statement = prepared;
        this.result = answer;
      } catch (SQLException e) {
        throw failed(e);
      } finally {
        if (answer == null) {
          closeQuietly(prepared);
        }
      }
    }

    private static void closeQuietly(@Nullable PreparedStatement statement) {
      try {
        if (statement != null) {
          statement.close();
        }
      } catch (SQLException e) {
        // What went wrong before is on its way to the user.
        return;
      }
    }

    @Override
    public boolean next() {
      row++;
      try {
        return result.next();
      } catch (SQLException e) {
        throw failed(e);
      }
    }

    @Override
    public double number(int column) {
      try {
        Object value = result.getObject(column + 1);
        if (value instanceof Number number) {
          double found = precision.of(number);
          return Double.isNaN(found) || NumberText.isServed(found) ? found : CellCoder.UNREADABLE;
        }
        if (value == null) {
          return Double.NaN;
        }
        return value instanceof String text
            ? NumberText.value(text, precision)
            : CellCoder.UNREADABLE;
      } catch (SQLException e) {
        throw failed(e);
      }
    }

    @Override
    public String text(int column) {
      try {
        if (columns.get(column).kind() == ColumnInfo.Kind.BOOLEAN) {
          boolean value = result.getBoolean(column + 1);
          return result.wasNull() ? "" : String.valueOf(value);
        }
        String text = result.getString(column + 1);
        return text == null ? "" : text;
      } catch (SQLException e) {
        throw failed(e);
      }
    }

    @Override
    public String row() {
      return "row " + row;
    }

    @Override
    public void close() {
      try {
        result.close();
        statement.close();
      } catch (SQLException e) {
        throw failed(e);
      }
    }
  }
}
