package dev.slope.data;

/**
 * Draws a fixed number of rows for each part, row by row, every choice as likely as any other:
 * selection sampling (Fan, Muller and Rezucha 1962; Knuth, The Art of Computer Programming, volume
 * 2, algorithm 3.4.2 S).
 */
final class SelectionSampling {
  private long rowsLeft;
  private long validationLeft;
  private long testLeft;

  /**
   * Of the fractions of some rows, rounded to the nearest row; at least one row trains.
   *
   * @param rows at least 1
   */
  SelectionSampling(long rows, double validation, double test) {
    this.rowsLeft = rows;
    this.validationLeft = Math.min(Math.round(validation * rows), rows - 1);
    this.testLeft = Math.min(Math.round(test * rows), rows - 1 - validationLeft);
  }

  /** The part of the next row. */
  RowPart next(RandomStream random) {
    double drawn = random.nextUniform() * rowsLeft;
    rowsLeft--;
    if (drawn < validationLeft) {
      validationLeft--;
      return RowPart.VALIDATION;
    }
    if (drawn < validationLeft + testLeft) {
      testLeft--;
      return RowPart.TEST;
    }
    return RowPart.TRAIN;
  }
}
