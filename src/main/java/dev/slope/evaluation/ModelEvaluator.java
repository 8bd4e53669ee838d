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
   * @param model what is measured
   * @param truth the labels as {@link FittedLabels#encode} gives them
   * @param answers of the same rows and blocks: predictions on the label's scale for a regression,
   *     scores for classes
   * @param weights of the same rows and blocks, one column, each at least 0; null where every row
   *     counts the same
   */
  public static ModelMetrics evaluate(
      MeasuredModel model, FloatMatrix truth, FloatMatrix answers, @Nullable FloatMatrix weights) {
    if (model.labels() instanceof FittedLabels.Regression) {
      return RegressionEvaluator.evaluate(model, truth, answers, weights);
    }
    if (model.labels() instanceof FittedLabels.Classes classes) {
      return ClassificationEvaluator.evaluate(classes, model.baseline(), truth, answers, weights);
    }
    throw new AssertionError("no metrics for " + model.labels().getClass().getSimpleName());
  }
}
