package dev.slope.pipeline;

import dev.slope.config.MetricName;
import dev.slope.evaluation.LabelMetrics;
import dev.slope.evaluation.MetricValues;
import dev.slope.evaluation.RegressionMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code metrics.json}: metrics by the rows they are of.
 *
 * @param train of the training rows
 */
public record RunMetrics(OfRows train) {

  /**
   * Metrics of some rows.
   *
   * @param rows how many
   * @param metrics by name, averaged over the labels
   * @param undefined the reason for each metric without a value
   * @param labels of each label
   */
  public record OfRows(
      long rows,
      Map<String, Double> metrics,
      Map<String, String> undefined,
      List<LabelMetrics> labels) {

    static OfRows of(RegressionMetrics metrics, MetricValues values) {
      return new OfRows(metrics.rows(), values.byName(), values.undefined(), metrics.labels());
    }
  }

  /** The metrics of a training, its loss first. */
  static MetricValues values(RegressionMetrics metrics, float loss) {
    Map<String, Double> first = new LinkedHashMap<>();
    first.put(MetricName.LOSS.key(), (double) loss);
    return new MetricValues(first, Map.of()).and(metrics.values());
  }
}
