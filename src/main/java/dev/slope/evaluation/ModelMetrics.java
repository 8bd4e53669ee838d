package dev.slope.evaluation;

import org.jspecify.annotations.Nullable;

/** How well a model predicts, whatever it predicts. */
public sealed interface ModelMetrics permits RegressionMetrics, ClassificationMetrics {
  /** How many rows were measured. */
  long rows();

  /** The metrics under scikit-learn's short names, with the reason for each that is undefined. */
  MetricValues values();

  /** The same of the constant baseline on the same rows; null where there is none. */
  @Nullable MetricValues baseline();
}
