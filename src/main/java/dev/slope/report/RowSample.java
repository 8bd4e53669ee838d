package dev.slope.report;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;

/** Rows taken evenly from all, the first and the last among them: the same ones every time. */
final class RowSample {
  private RowSample() {}

  /**
   * Which of {@code rows} rows are taken, ascending: all, or {@code limit} (at least 2) of them.
   */
  static long[] indices(long rows, int limit) {
    int count = (int) Math.min(rows, limit);
    long[] indices = new long[count];
    for (int i = 0; i < count; i++) {
      indices[i] = rows <= limit ? i : i * (rows - 1) / (limit - 1);
    }
    return indices;
  }

  /** The values of one column in rows given in ascending order. */
  static double[] column(FloatMatrix matrix, int column, long[] rows) {
    double[] values = new double[rows.length];
    int next = 0;
    long start = 0;
    for (FloatBlock block : matrix.blocks()) {
      while (next < rows.length && rows[next] < start + block.rows()) {
        values[next] = block.get((int) (rows[next] - start), column);
        next++;
      }
      start += block.rows();
    }
    return values;
  }
}
