package dev.slope.pipeline;

import dev.slope.training.TrainingListener;

/** Watches a run. */
public interface RunListener extends TrainingListener {
  /**
   * The data is read.
   *
   * @param source what it is called
   * @param rows how many the training source has
   * @param features how many columns the model is given
   * @param labels how many it predicts
   */
  default void onData(String source, long rows, int features, int labels) {}

  /** The rows are split, or come from several sources. */
  default void onParts(long train, long validation, long test) {}

  /** Something that a user should know and that ends nothing. */
  default void onWarning(String message) {}
}
