package dev.slope.evaluation;

import dev.slope.config.MetricName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How well a regression predicts: each metric is the plain mean of its labels' metrics, as
 * scikit-learn's {@code multioutput="uniform_average"}.
 *
 * @param rows how many were measured, at least 1
 * @param labels the metrics of each label, in order, at least one
 * @param devianceMetric which metric the labels' deviances are; absent where the model type has
 *     none
 * @param devianceProblem why a label has no deviance, as a clause; absent where all have one
 */
public record RegressionMetrics(
    long rows,
    List<LabelMetrics> labels,
    @Nullable MetricName devianceMetric,
    @Nullable String devianceProblem)
    implements ModelMetrics {
  public RegressionMetrics {
    labels = List.copyOf(labels);
  }

  /** The mean of the squared errors over rows and labels. */
  public double mse() {
    return mean(LabelMetrics::mse);
  }

  /** The mean over the labels of their root mean squared errors. */
  public double rmse() {
    return mean(LabelMetrics::rmse);
  }

  /** The mean of the absolute errors over rows and labels. */
  public double mae() {
    return mean(LabelMetrics::mae);
  }

  /** The mean of the labels' coefficients of determination; absent where one of them is. */
  public @Nullable Double r2() {
    double sum = 0;
    for (LabelMetrics label : labels) {
      Double r2 = label.r2();
      if (r2 == null) {
        return null;
      }
      sum += r2;
    }
    return sum / labels.size();
  }

  @Override
  public MetricValues values() {
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, String> undefined = new LinkedHashMap<>();
    values.put("mse", mse());
    values.put("rmse", rmse());
    values.put("mae", mae());
    Double r2 = r2();
    if (r2 != null) {
      values.put("r2", r2);
    } else {
      undefined.put("r2", r2Undefined());
    }
    if (devianceMetric != null && devianceProblem != null) {
      undefined.put(devianceMetric.key(), devianceProblem);
    } else if (devianceMetric != null) {
      values.put(devianceMetric.key(), mean(label -> Objects.requireNonNull(label.deviance())));
    }
    return new MetricValues(values, undefined);
  }

  /** The metrics that have a value, under scikit-learn's short names. */
  public Map<String, Double> byName() {
    return values().byName();
  }

  private String r2Undefined() {
    if (rows == 1) {
      return "one row has no variance to explain";
    }
    for (LabelMetrics label : labels) {
      if (label.r2() == null) {
        return label.label() + " has the same value in every row, so no variance to explain";
      }
    }
    throw new IllegalStateException("r2 must be absent for a label, but is defined for all");
  }

  private double mean(ToDoubleFunction<LabelMetrics> metric) {
    double sum = 0;
    for (LabelMetrics label : labels) {
      sum += metric.applyAsDouble(label);
    }
    return sum / labels.size();
  }
}
