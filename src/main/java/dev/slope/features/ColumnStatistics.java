package dev.slope.features;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the transforms learn from a column, summed in float64 from the first row to the last, so
 * that the same rows always give the same bits.
 *
 * @param standardDeviation in population form: divided by the number of rows
 */
record ColumnStatistics(float min, float max, double mean, double standardDeviation) {

  boolean isConstant() {
    return min == max;
  }

  /**
   * The statistics of each column, in two passes: squares of what is left of the mean cancel
   * nothing.
   */
  static List<ColumnStatistics> of(FloatMatrix matrix) {
    int columns = matrix.columns();
    long rows = matrix.rows();
    if (rows == 0) {
      throw new IllegalArgumentException("rows must be at least 1, but were 0");
    }
    float[] min = new float[columns];
    float[] max = new float[columns];
    Arrays.fill(min, Float.POSITIVE_INFINITY);
    Arrays.fill(max, Float.NEGATIVE_INFINITY);
    double[] mean = new double[columns];
    for (FloatBlock block : matrix.blocks()) {
      FloatBuffer values = block.values();
      while (values.hasRemaining()) {
        for (int column = 0; column < columns; column++) {
          float value = values.get();
          min[column] = Math.min(min[column], value);
          max[column] = Math.max(max[column], value);
          mean[column] += value;
        }
      }
    }
    for (int column = 0; column < columns; column++) {
      mean[column] /= rows;
    }
    double[] squares = new double[columns];
    for (FloatBlock block : matrix.blocks()) {
      FloatBuffer values = block.values();
      while (values.hasRemaining()) {
        for (int column = 0; column < columns; column++) {
          double difference = values.get() - mean[column];
          squares[column] += difference * difference;
        }
      }
    }
    List<ColumnStatistics> statistics = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      statistics.add(
          new ColumnStatistics(
              min[column], max[column], mean[column], Math.sqrt(squares[column] / rows)));
    }
    return statistics;
  }
}
