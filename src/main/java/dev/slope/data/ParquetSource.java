package dev.slope.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBPreparedStatement;

/** A Parquet file, read through DuckDB. */
final class ParquetSource extends DuckDbSource implements HashedFile {
  /** The column that the reader makes where it is asked to. */
  private static final String ROW_NUMBER = "file_row_number";

  private final FileHash hash;

  /**
   * Opens a file.
   *
   * @param duckDb closed with it
   */
  ParquetSource(DataFile file, DuckDb duckDb) {
    super(file.name(), duckDb, "read_parquet(?)", DuckDb.literally(file.path()));
    this.hash = new FileHash(file);
  }

  /** Row groups stay whole: a part of one takes as long as all of it. */
  @Override
  List<RowRange> ranges(int most) throws SQLException {
    boolean taken =
        columns().stream().anyMatch(column -> column.name().equalsIgnoreCase(ROW_NUMBER));
    if (most == 1 || taken) {
      return super.ranges(most);
    }
    List<RowRange> ranges = new ArrayList<>();
    long first = 0;
    long next = 0;
    int number = 0;
    for (long group : rowGroups()) {
      int numberOfGroup = (int) ((next + group / 2) * most / rows());
      if (numberOfGroup > number && next > first) {
        ranges.add(range(first, next));
        first = next;
      }
      number = numberOfGroup;
      next += group;
    }
    ranges.add(range(first, next));
    return ranges;
  }

  private List<Long> rowGroups() throws SQLException {
    List<Long> rows = new ArrayList<>();
    try (DuckDBPreparedStatement statement =
            statement(
                "SELECT row_group_id, any_value(row_group_num_rows) FROM parquet_metadata(?)"
                    + " GROUP BY row_group_id ORDER BY row_group_id");
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(result.getLong(2));
      }
    }
    return rows;
  }

  private static RowRange range(long first, long end) {
    return new RowRange(
        first,
        end - first,
        "read_parquet(?, %1$s=true) WHERE %1$s BETWEEN %2$d AND %3$d"
            .formatted(ROW_NUMBER, first, end - 1));
  }

  @Override
  DataException unreadable(SQLException e) {
    return new DataException(
        "%s can't be read as Parquet: %s".formatted(description(), firstLine(e)), e);
  }

  @Override
  public FileHash hash() {
    return hash;
  }

  @Override
  public void close() {
    hash.close();
    super.close();
  }
}
