package dev.slope.features;

import dev.slope.data.FloatArray;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Learns from columns of the training rows, in passes over all of them. Rows come in their order,
 * whatever blocks they are in, so that sums are the same to the last bit.
 */
interface ColumnLearner {
  /** So many values are looked at in one go: they fit into a core's cache. */
  int CHUNK_VALUES = 1 << 14;

  /**
   * Takes the next rows.
   *
   * @param cells row by row
   * @param width the cells of a row
   * @param rows how many; at least 1
   * @param first the place of the first of them among the training rows, from 0
   */
  void accept(FloatArray cells, int width, int rows, long first);

  /**
   * Ends a pass.
   *
   * @return whether it wants another
   */
  boolean endPass();

  /** Lets all of them learn, each pass of all of them in one scan. */
  static void learn(FloatMatrix rows, List<? extends ColumnLearner> learners) {
    List<ColumnLearner> learning = new ArrayList<>(learners);
    while (!learning.isEmpty()) {
      scan(rows, learning);
      learning.removeIf(learner -> !learner.endPass());
    }
  }

  private static void scan(FloatMatrix matrix, List<ColumnLearner> learners) {
    int width = matrix.columns();
    int most = Math.max(1, CHUNK_VALUES / Math.max(1, width));
    FloatArray cells = new FloatArray(matrix.precision(), most * width);
    long first = 0;
    for (FloatBlock block : matrix.blocks()) {
      for (int done = 0; done < block.rows(); done += most) {
        int rows = Math.min(most, block.rows() - done);
        block.read(done * width, cells, rows * width);
        for (ColumnLearner learner : learners) {
          learner.accept(cells, width, rows, first + done);
        }
      }
      first += block.rows();
    }
  }
}
