package dev.slope.features;

/** Finds out whether all cells of a column are equal; missing ones equal each other. */
final class ConstantColumn implements ColumnLearner {
  private final int column;
  private float value;
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
  public void accept(float[] cells, int width, int rows, long first) {
    if (first == 0) {
      value = cells[column];
    }
    for (int row = 0; row < rows && !different; row++) {
      float cell = cells[row * width + column];
      different = cell != value && !(Float.isNaN(cell) && Float.isNaN(value));
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
