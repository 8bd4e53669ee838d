package dev.slope.features;

import dev.slope.data.DataException;
import dev.slope.data.FloatArray;
import org.jspecify.annotations.Nullable;

/**
 * A column that is being learnt. What is wrong with it waits for the others, so that it is the same
 * column that is complained of, however many cores learn.
 */
final class LearningColumn {
  private final ColumnLearner learner;
  private @Nullable DataException failure;

  LearningColumn(ColumnLearner learner) {
    this.learner = learner;
  }

  /** As {@link ColumnLearner#accept}, unless it has failed. */
  void accept(FloatArray cells, int width, int rows, long first) {
    if (failure == null) {
      try {
        learner.accept(cells, width, rows, first);
      } catch (DataException e) {
        failure = e;
      }
    }
  }

  /** As {@link ColumnLearner#endPass}; false where it has failed. */
  boolean endPass() {
    try {
      return failure == null && learner.endPass();
    } catch (DataException e) {
      failure = e;
      return false;
    }
  }

  /** Throws what is wrong with it. */
  void requireLearnt() {
    if (failure != null) {
      throw failure;
    }
  }
}
