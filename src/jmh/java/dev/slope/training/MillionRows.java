package dev.slope.training;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** 1,000,000 rows of 32 columns, as the peers' benchmarks have them. */
final class MillionRows {
  static final int ROWS = 1_000_000;
  static final int COLUMNS = 32;

  private MillionRows() {}

  /**
   * Gaussian columns; the label adds them up with weights from -0.5 to 0.5 and more noise.
   *
   * @param classes whether the label is 1 where that sum is above 0, and else 0
   */
  static TrainingRows draw(boolean classes) {
    SplittableRandom random = new SplittableRandom(1);
    List<FloatBlock> features = new ArrayList<>();
    List<FloatBlock> labels = new ArrayList<>();
    int rowsPerBlock = FloatBlock.MAX_VALUES / COLUMNS;
    for (int first = 0; first < ROWS; first += rowsPerBlock) {
      int rows = Math.min(rowsPerBlock, ROWS - first);
      FloatBlock x = new FloatBlock(rows, COLUMNS);
      FloatBlock y = new FloatBlock(rows, 1);
      for (int row = 0; row < rows; row++) {
        double sum = random.nextGaussian();
        for (int column = 0; column < COLUMNS; column++) {
          float value = (float) random.nextGaussian();
          x.set(row, column, value);
          sum += (column - COLUMNS / 2) * value / COLUMNS;
        }
        y.set(row, 0, classes ? (sum > 0 ? 1 : 0) : (float) sum);
      }
      features.add(x);
      labels.add(y);
    }
    List<String> names = IntStream.range(0, COLUMNS).mapToObj(column -> "x" + column).toList();
    return new TrainingRows(
        new FloatMatrix(names, features), new FloatMatrix(List.of("y"), labels));
  }
}
