package dev.slope.features;

import dev.slope.data.FloatArray;

/** Finds out whether all cells of a column are equal; missing ones equal each other. */
final class ConstantColumn implements ColumnLearner {
  private final int column;
  private double value;
  private boolean different;

  /**
   * A learner.
   *
   * @param column its place in the rows
   */
  ConstantColumn(int column) {
    this.column = column;
  }

  @Override
  public void accept(FloatArray cells, int width, int rows, long first) {
    if (first == 0) {
      value = cells.get(column);
    }
    for (int row = 0; row < rows && !different; row++) {
      double cell = cells.get(row * width + column);
      different = cell != value && !(Double.isNaN(cell) && Double.isNaN(value));
    }
  }

  @Override
  public boolean endPass() {
    return false;
  }

  /** Whether they are. */
  boolean isConstant() {
    return !different;
  }
}
