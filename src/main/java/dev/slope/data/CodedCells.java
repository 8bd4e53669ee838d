package dev.slope.data;

import dev.slope.config.Precision;
import org.duckdb.DuckDBReadableVector;

/** The cells of some rows of a chunk, row by row in one array, filled column by column. */
final class CodedCells {
  private static final int CELLS_AT_ONCE = 1 << 12;

  /**
   * As many float32 as the cache fetches together: a column's cells are read from the database's
   * memory.
   */
  private static final int FEWEST_ROWS = 16;

  private final int columns;
  private FloatArray values;
  private int from;
  private int rows;
  private int column;

  /** Whether a cell is missing or can't be read: most rows have none, and need no second look. */
  private boolean gaps;

  CodedCells(int columns, Precision precision) {
    this.columns = columns;
    this.values = new FloatArray(precision, 0);
  }

  /**
   * Begins with other rows, whose cells are anything.
   *
   * @param first of them in the chunk
   */
  void begin(int first, int count) {
    from = first;
    rows = count;
    gaps = false;
    if (values.length() < count * columns) {
      values = new FloatArray(values.precision(), count * columns);
    }
  }

  /** How many rows to code at once, so that their cells stay in a core's first cache. */
  int rowsAtOnce() {
    return Math.max(FEWEST_ROWS, CELLS_AT_ONCE / Math.max(1, columns));
  }

  /** The column whose cells are set from now on. */
  void column(int index) {
    column = index;
  }

  /** The first row in the chunk. */
  int from() {
    return from;
  }

  /** One past the last row in the chunk. */
  int to() {
    return from + rows;
  }

  int rows() {
    return rows;
  }

  /**
   * Sets the column's cell.
   *
   * @param row of the chunk
   */
  void set(int row, double value) {
    values.set((row - from) * columns + column, value);
    gaps |= !Double.isFinite(value);
  }

  /**
   * Sets all of the column's cells to numbers of float32, a cell that is infinite to one that can't
   * be read: what {@link CellCoder#ofNumber} makes of them in a coding of numbers.
   *
   * @param vector of the chunk
   */
  void setNumbers(DuckDBReadableVector vector) {
    float[] singles = values.singles();
    boolean finite = true;
    int cell = column;
    for (int row = from; row < from + rows; row++) {
      float value = vector.getFloat(row, Float.NaN);
      finite &= Float.isFinite(value);
      singles[cell] = value == Float.NEGATIVE_INFINITY ? Float.POSITIVE_INFINITY : value;
      cell += columns;
    }
    gaps |= !finite;
  }

  /** The type of the cells. */
  Precision precision() {
    return values.precision();
  }

  /** All cells, row by row; there may be more behind them. */
  FloatArray values() {
    return values;
  }

  /** How many rows there are before the first with a cell that can't be in rows to train on. */
  int rowsWithoutProblem(CellCoder[] coders) {
    if (!gaps) {
      return rows;
    }
    int good = rows;
    for (int i = 0; i < columns; i++) {
      for (int row = 0; row < good; row++) {
        if (coders[i].isProblem(values.get(row * columns + i))) {
          good = row;
        }
      }
    }
    return good;
  }

  /** The first column whose cell in a row can't be in rows to train on. */
  int problemColumn(int row, CellCoder[] coders) {
    int index = 0;
    while (!coders[index].isProblem(values.get(row * columns + index))) {
      index++;
    }
    return index;
  }
}
