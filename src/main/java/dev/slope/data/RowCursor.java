package dev.slope.data;

/**
 * The rows of a source one after the other, from before the first. Columns are counted from 0 in
 * the source's own order.
 */
interface RowCursor extends AutoCloseable {
  /**
   * Moves to the next row.
   *
   * @return false after the last
   * @throws DataException where the row can't be read
   */
  boolean next();

  /**
   * A cell as a number: NaN where it is missing, {@link CellCoder#UNREADABLE} where it is no number
   * or not finite.
   */
  double number(int column);

  /** A cell as its coder reads it. */
  default double coded(int column, CellCoding coding, CellCoder coder) {
    return switch (coding) {
      case NUMBER, OPTIONAL_NUMBER -> number(column);
      case TEXT, TRUTH, DAY, SECOND -> coder.ofText(text(column));
    };
  }

  /** A cell as the source writes it; empty where it is missing. */
  String text(int column);

  /** What messages call this row: {@code line 3}. */
  String row();

  @Override
  void close();
}
