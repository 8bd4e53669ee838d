package dev.slope.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a regression predicts.
 *
 * @param rows how many were measured, at least 1
 * @param labels the metrics of each label, in order, at least one
 * @param values each metric as the plain mean of its labels' metrics, as scikit-learn's {@code
 *     multioutput="uniform_average"}
 * @param baseline the same of the constant baseline; null where there is none
 */
public record RegressionMetrics(
    long rows, List<LabelMetrics> labels, MetricValues values, @Nullable MetricValues baseline)
    implements ModelMetrics {
  public RegressionMetrics {
    labels = List.copyOf(labels);
  }
}
