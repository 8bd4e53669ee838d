package dev.slope.pipeline;

import dev.slope.config.MetricName;
import dev.slope.evaluation.ClassMetrics;
import dev.slope.evaluation.ClassificationMetrics;
import dev.slope.evaluation.LabelMetrics;
import dev.slope.evaluation.MetricValues;
import dev.slope.evaluation.ModelMetrics;
import dev.slope.evaluation.RegressionMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code metrics.json}: metrics by the rows they are of.
 *
 * @param train of the training rows
 * @param validation of the rows that were watched; absent where there were none
 * @param test of the rows that measure the finished model; absent where there were none
 */
public record RunMetrics(OfRows train, @Nullable OfRows validation, @Nullable OfRows test) {

  /**
   * Metrics of some rows.
   *
   * @param rows how many
   * @param metrics by name, averaged over the labels or the classes
   * @param undefined the reason for each metric without a value
   * @param labels of each label of a regression
   * @param classes of each class of a classifier
   * @param confusion of a classifier: for each class that rows are of, how many are predicted to be
   *     of each class
   */
  public record OfRows(
      long rows,
      Map<String, Double> metrics,
      Map<String, String> undefined,
      @Nullable List<LabelMetrics> labels,
      @Nullable List<ClassMetrics> classes,
      @Nullable List<List<Long>> confusion) {

    static OfRows of(ModelMetrics metrics, MetricValues values) {
      if (metrics instanceof RegressionMetrics regression) {
        return new OfRows(
            metrics.rows(), values.byName(), values.undefined(), regression.labels(), null, null);
      }
      if (metrics instanceof ClassificationMetrics classification) {
        return new OfRows(
            metrics.rows(),
            values.byName(),
            values.undefined(),
            null,
            classification.classes(),
            classification.confusion());
      }
      throw new AssertionError("no document of " + metrics.getClass().getSimpleName());
    }

    /** The metrics with the reason for each that is undefined. */
    MetricValues values() {
      return new MetricValues(metrics, undefined);
    }
  }

  /** The metrics of a training, its loss first. */
  static MetricValues values(ModelMetrics metrics, double loss) {
    Map<String, Double> first = new LinkedHashMap<>();
    first.put(MetricName.LOSS.key(), loss);
    return new MetricValues(first, Map.of()).and(metrics.values());
  }
}
