package dev.slope.data;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;

/** Writes the rows of a table to their places; several threads read different ranges of it. */
final class DuckDbReading {
  private final String name;
  private final String query;
  private final String[] parameters;
  private final DuckDbCells[] forms;
  private final PlacedRows placed;
  private volatile boolean stopped;

  /** A cell that can't be in rows to train on: a row of the table, and a column of those wanted. */
  record BadCell(long row, int column) {}

  /**
   * Prepares to read.
   *
   * @param name how messages call the table
   * @param wanted the columns
   * @param forms theirs
   * @param parameters of what follows FROM
   * @param placed as many rows as the table has
   */
  DuckDbReading(
      String name,
      List<CodedColumn> wanted,
      DuckDbCells[] forms,
      String[] parameters,
      PlacedRows placed) {
    this.name = name;
    this.query =
        IntStream.range(0, forms.length)
            .mapToObj(i -> forms[i].expression(wanted.get(i).name()))
            .collect(Collectors.joining(", ", "SELECT ", " FROM "));
    this.parameters = parameters;
    this.forms = forms;
    this.placed = placed;
  }

  /**
   * Reads neighbouring rows, up to the first with a cell that can't be read.
   *
   * @param coders of no other range
   */
  Optional<BadCell> read(RowRange range, DuckDb duckDb, CellCoder[] coders) throws SQLException {
    CodedCells cells = new CodedCells(forms.length, placed.precision());
    long row = range.first();
    long end = range.first() + range.rows();
    try (DuckDBPreparedStatement statement = duckDb.statement(query + range.from(), parameters);
        DuckDBChunkedResult result = statement.query()) {
      while (!stopped && result.nextChunk()) {
        DuckDBDataChunkReader chunk = result.chunk();
        long next = row + chunk.rowCount();
        requireUnchanged(next <= end);
        cells.begin(0, 0);
        while (row < next) {
          cells.begin(cells.to(), (int) Math.min(next - row, cells.rowsAtOnce()));
          DuckDbCells.code(chunk, forms, coders, cells);
          int good = cells.rowsWithoutProblem(coders);
          if (good < cells.rows()) {
            return Optional.of(new BadCell(row + good, cells.problemColumn(good, coders)));
          }
          placed.write(row, cells.values(), good);
          row += good;
        }
      }
    }
    requireUnchanged(row == end || stopped);
    return Optional.empty();
  }

  private void requireUnchanged(boolean asCounted) {
    if (!asCounted) {
      throw new DataException(
          name + " must not change while it is read, but its number of rows did");
    }
  }

  /** Ends what is still being read, soon; its rows are not all written. */
  void stop() {
    stopped = true;
  }
}
