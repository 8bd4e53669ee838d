package dev.slope.features;

import dev.slope.data.DataException;
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

  /** Fewer values are looked at sooner than they are shared out. */
  int SHARED_VALUES = 1 << 18;

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

  /**
   * Lets all of them learn, some on each core; each pass of those together in one scan.
   *
   * @throws DataException where a column can't be learnt: of several such columns, that of the
   *     first
   */
  static void learn(FloatMatrix rows, List<? extends ColumnLearner> learners) {
    List<LearningColumn> all = new ArrayList<>();
    learners.forEach(learner -> all.add(new LearningColumn(learner)));
    shared(rows, all).parallelStream().forEach(learning -> learnTogether(rows, learning));
    all.forEach(LearningColumn::requireLearnt);
  }

  /** Each knows but its own column. Rows in a file are better read once than by each core. */
  private static List<List<LearningColumn>> shared(FloatMatrix rows, List<LearningColumn> all) {
    boolean small = rows.rows() * rows.columns() < SHARED_VALUES;
    if (small || rows.isInFile()) {
      return List.of(all);
    }
    int cores = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), all.size()));
    List<List<LearningColumn>> shares = new ArrayList<>();
    for (int core = 0; core < cores; core++) {
      List<LearningColumn> share = new ArrayList<>();
      // Neighbouring columns are often of one kind, and as dear.
      for (int column = core; column < all.size(); column += cores) {
        share.add(all.get(column));
      }
      shares.add(share);
    }
    return shares;
  }

  private static void learnTogether(FloatMatrix rows, List<LearningColumn> columns) {
    List<LearningColumn> learning = columns;
    while (!learning.isEmpty()) {
      scan(rows, learning);
      // Sorting a large one's values takes longest.
      learning = learning.parallelStream().filter(LearningColumn::endPass).toList();
    }
  }

  private static void scan(FloatMatrix matrix, List<LearningColumn> columns) {
    int width = matrix.columns();
    int most = Math.max(1, CHUNK_VALUES / Math.max(1, width));
    FloatArray cells = new FloatArray(matrix.precision(), most * width);
    long first = 0;
    for (FloatBlock block : matrix.blocks()) {
      for (int done = 0; done < block.rows(); done += most) {
        int rows = Math.min(most, block.rows() - done);
        block.read(done * width, cells, rows * width);
        for (LearningColumn column : columns) {
          column.accept(cells, width, rows, first + done);
        }
      }
      first += block.rows();
    }
  }
}
