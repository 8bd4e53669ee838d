package dev.slope.pipeline;

import dev.slope.config.MetricName;
import dev.slope.evaluation.Baseline;
import dev.slope.evaluation.BestThreshold;
import dev.slope.evaluation.CalibrationBin;
import dev.slope.evaluation.ClassAverages;
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
 * @param parameters how many each score of the model has; absent in exports of older versions
 * @param baseline what each part's baseline predicts; absent in exports of older versions
 */
public record RunMetrics(
    OfRows train,
    @Nullable OfRows validation,
    @Nullable OfRows test,
    @Nullable Integer parameters,
    @Nullable Baseline baseline) {

  /**
   * Metrics of some rows.
   *
   * @param rows how many
   * @param metrics by name, averaged over the labels or the classes
   * @param undefined the reason for each metric without a value
   * @param baseline the metrics of a model without features on the same rows; absent where nobody
   *     knows what it would answer
   * @param labels of each label of a regression
   * @param classes of each class of a classifier
   * @param averages over the classes of a classifier
   * @param confusion of a classifier: for each class that rows are of, how many are predicted to be
   *     of each class
   * @param calibration of the probabilities of two classes
   * @param bestThreshold of the probabilities of two classes
   */
  public record OfRows(
      long rows,
      Map<String, Double> metrics,
      Map<String, String> undefined,
      @Nullable Map<String, Double> baseline,
      @Nullable List<LabelMetrics> labels,
      @Nullable List<ClassMetrics> classes,
      @Nullable ClassAverages averages,
      @Nullable List<List<Long>> confusion,
      @Nullable List<CalibrationBin> calibration,
      @Nullable BestThreshold bestThreshold) {

    static OfRows of(ModelMetrics metrics, MetricValues values) {
      MetricValues constant = metrics.baseline();
      Map<String, Double> baseline = constant == null ? null : constant.byName();
      if (metrics instanceof RegressionMetrics regression) {
        return new OfRows(
            metrics.rows(),
            values.byName(),
            values.undefined(),
            baseline,
            regression.labels(),
            null,
            null,
            null,
            null,
            null);
      }
      if (metrics instanceof ClassificationMetrics classification) {
        return new OfRows(
            metrics.rows(),
            values.byName(),
            values.undefined(),
            baseline,
            null,
            classification.classes(),
            classification.averages(),
            classification.confusion(),
            classification.calibration(),
            classification.bestThreshold());
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
