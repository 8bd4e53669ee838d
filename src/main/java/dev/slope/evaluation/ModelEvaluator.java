package dev.slope.evaluation;

import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedLabels;
import org.jspecify.annotations.Nullable;

/** Measures any model. */
public final class ModelEvaluator {
  private ModelEvaluator() {}

  /**
   * Measures a model on rows whose labels are known.
   *
   * @param labels what the labels are
   * @param deviance what the model type measures besides; null where nothing
   * @param truth the labels as {@link FittedLabels#encode} gives them
   * @param answers of the same rows and blocks: predictions on the label's scale for a regression,
   *     scores for classes
   * @param weights of the same rows and blocks, one column, each at least 0; null where every row
   *     counts the same
   */
  public static ModelMetrics evaluate(
      FittedLabels labels,
      @Nullable Deviance deviance,
      FloatMatrix truth,
      FloatMatrix answers,
      @Nullable FloatMatrix weights) {
    if (labels instanceof FittedLabels.Regression) {
      return RegressionEvaluator.evaluate(truth, answers, weights, deviance);
    }
    if (labels instanceof FittedLabels.Classes classes) {
      return ClassificationEvaluator.evaluate(classes, truth, answers, weights);
    }
    throw new AssertionError("no metrics for " + labels.getClass().getSimpleName());
  }
}
