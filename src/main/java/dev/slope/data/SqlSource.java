package dev.slope.data;

import java.nio.file.Path;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/** The answer to a query of files, computed once, when it is opened. */
final class SqlSource extends DuckDbSource {
  private static final String NAME = "the query's answer";

  private @Nullable Fingerprint fingerprint;

  private SqlSource(DuckDb duckDb) {
    super(NAME, duckDb, "answer");
  }

  /**
   * Runs a query.
   *
   * @param query one SELECT statement
   * @param directory what paths in it are relative to
   */
  static SqlSource of(String query, Path directory) {
    String folder = directory.toAbsolutePath().normalize().toString();
    if (folder.indexOf(',') >= 0) {
      throw new DataException(
          "the folder of a config with an sql source must have no comma in its path, but was "
              + folder);
    }
    DuckDb duckDb = null;
    boolean answered = false;
    try {
      // On one thread: on several, sums and the order of groups differ from run to run.
      duckDb =
          DuckDb.open(List.of("SET threads=1", "SET file_search_path=" + DuckDb.literal(folder)));
      String located = SelectQuery.parse(query, duckDb).locatedIn(directory);
      checkNames(located, duckDb);
      duckDb.execute("CREATE TEMP TABLE answer AS " + located);
      answered = true;
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      if (duckDb != null && !answered) {
        duckDb.close();
      }
    }
    return new SqlSource(duckDb);
  }

  /** A table would rename the second of two columns of the same name. */
  private static void checkNames(String query, DuckDb duckDb) throws SQLException {
    try (DuckDBPreparedStatement statement = duckDb.statement(query)) {
      ResultSetMetaData meta = statement.getMetaData();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        names.add(meta.getColumnName(i));
      }
      Columns.checkNames(NAME, names);
    }
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
      throw new IllegalStateException("a query's answer has a fingerprint once it was read");
    }
    return fingerprint;
  }

  private static DataException failed(SQLException e) {
    return new DataException(
        "the query must be a SELECT that DuckDB can run, but failed: "
            + String.valueOf(e.getMessage()).strip(),
        e);
  }

  @Override
  DataException unreadable(SQLException e) {
    return failed(e);
  }
}
