package dev.slope.pipeline;

import dev.slope.data.BlockStore;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatMatrix;
import dev.slope.data.RowPart;
import dev.slope.data.SpreadRows;
import dev.slope.training.TrainingRows;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one part of a run, row for row the same in every matrix.
 *
 * @param part what they are for
 * @param read the rows as they were read; null where nothing needs them so any more
 * @param features the coded features
 * @param truth the labels as the trainer takes them
 * @param metricWeights how much each row counts where the model is measured: the weight column;
 *     null where every row counts the same
 * @param rowWeights how much each row counts in the objective: that times the weight of its class;
 *     null where every row counts the same
 * @param offsets what is added to every score; null where nothing is
 */
record RowsOfPart(
    RowPart part,
    @Nullable CodedRows read,
    FloatMatrix features,
    FloatMatrix truth,
    @Nullable FloatMatrix metricWeights,
    @Nullable FloatMatrix rowWeights,
    @Nullable FloatMatrix offsets) {

  /** How many. */
  long rows() {
    return features.rows();
  }

  /**
   * Some of them.
   *
   * @param store keeps the copies
   */
  RowsOfPart of(SpreadRows some, BlockStore store) {
    return some.isAll()
        ? this
        : new RowsOfPart(
            part,
            read == null ? null : read.with(some.of(read.values(), store)),
            some.of(features, store),
            some.of(truth, store),
            ofOrNull(some, metricWeights, store),
            ofOrNull(some, rowWeights, store),
            ofOrNull(some, offsets, store));
  }

  private static @Nullable FloatMatrix ofOrNull(
      SpreadRows some, @Nullable FloatMatrix matrix, BlockStore store) {
    return matrix == null ? null : some.of(matrix, store);
  }

  /** As the trainer takes them. */
  TrainingRows trainingRows() {
    return new TrainingRows(features, truth, rowWeights, offsets);
  }
}
