package dev.slope.data;

import java.util.ArrayList;
import java.util.List;

/** What tests ask of a matrix. */
final class Tables {
  private Tables() {}

  /** All values, row by row. */
  static List<Float> values(FloatMatrix matrix) {
    List<Float> values = new ArrayList<>();
    for (FloatBlock block : matrix.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        for (int column = 0; column < block.columns(); column++) {
          values.add((float) block.get(row, column));
        }
      }
    }
    return values;
  }

  /** The same as doubles. */
  static List<Double> doubles(FloatMatrix matrix) {
    List<Double> values = new ArrayList<>();
    for (FloatBlock block : matrix.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        for (int column = 0; column < block.columns(); column++) {
          values.add(block.get(row, column));
        }
      }
    }
    return values;
  }
}
