package dev.slope.evaluation;

import dev.slope.config.MetricName;
import dev.slope.config.Precision;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Measures how far apart targets and predictions are: scikit-learn's metrics of the same names.
 *
 * <p>Everything is summed in float64, row after row, each times its weight, so the result does not
 * depend on where one block ends and the next begins. The baseline is measured in the same pass;
 * medians take two or three more, and no memory.
 */
public final class RegressionEvaluator {
  private final List<String> labels;
  private final MeasuredModel model;
  private final FloatMatrix targets;
  private final FloatMatrix predictions;
  private final @Nullable FloatMatrix weights;

  private RegressionEvaluator(
      MeasuredModel model,
      FloatMatrix targets,
      FloatMatrix predictions,
      @Nullable FloatMatrix weights) {
    this.labels = targets.names();
    this.model = model;
    this.targets = targets;
    this.predictions = predictions;
    this.weights = weights;
  }

  /**
   * Measures two matrices.
   *
   * @param model what is measured
   * @param targets the true values; its columns name the labels
   * @param predictions of the same rows, columns and blocks
   * @param weights of the same rows and blocks, one column, each at least 0; null where every row
   *     counts the same
   * @throws IllegalArgumentException where the shapes differ or a value is not finite
   * @throws IllegalStateException where no row has a weight above 0
   */
  public static RegressionMetrics evaluate(
      MeasuredModel model,
      FloatMatrix targets,
      FloatMatrix predictions,
      @Nullable FloatMatrix weights) {
    if (targets.columns() == 0) {
      throw new IllegalArgumentException("labels must be not empty, but was []");
    }
    if (targets.blocks().size() != predictions.blocks().size()) {
      throw new IllegalArgumentException(
          "predictions must be of "
              + targets.blocks().size()
              + " blocks as the targets are, but was of "
              + predictions.blocks().size());
    }
    return new RegressionEvaluator(model, targets, predictions, weights).measure();
  }

  private RegressionMetrics measure() {
    Baseline baseline = model.baseline();
    List<LabelSums> sums = new ArrayList<>();
    for (int label = 0; label < labels.size(); label++) {
      sums.add(
          new LabelSums(model.deviance(), baseline == null ? 0 : baseline.constants().get(label)));
    }
    long rows = 0;
    for (int b = 0; b < targets.blocks().size(); b++) {
      add(b, rows, sums);
      rows += targets.blocks().get(b).rows();
    }
    if (!(sums.get(0).weights > 0)) {
      throw new IllegalStateException("the weights of all rows must sum to > 0, but were 0");
    }
    Reasons reasons = new Reasons();
    List<LabelMetrics> ofModel = new ArrayList<>();
    for (int label = 0; label < labels.size(); label++) {
      ofModel.add(metrics(label, sums.get(label), reasons));
    }
    MetricValues values = values(ofModel, reasons);
    return new RegressionMetrics(
        rows, ofModel, values, baseline == null ? null : ofBaseline(baseline, sums));
  }

  private void add(int b, long rowsBefore, List<LabelSums> sums) {
    FloatBlock blockTargets = targets.blocks().get(b);
    FloatBlock blockPredictions = predictions.blocks().get(b);
    FloatBlock blockWeights = weights == null ? null : weights.blocks().get(b);
    int columns = labels.size();
    if (blockPredictions.columns() != columns || blockPredictions.rows() != blockTargets.rows()) {
      throw new IllegalArgumentException(
          "predictions must be %d x %d, but was %d x %d"
              .formatted(
                  blockTargets.rows(),
                  columns,
                  blockPredictions.rows(),
                  blockPredictions.columns()));
    }
    for (int row = 0; row < blockTargets.rows(); row++) {
      double weight = blockWeights == null ? 1 : blockWeights.get(row, 0);
      for (int label = 0; label < columns; label++) {
        double target = blockTargets.get(row, label);
        double prediction = blockPredictions.get(row, label);
        if (!Double.isFinite(target) || !Double.isFinite(prediction)) {
          throw new IllegalArgumentException(
              "%s of %s in row %d must be a finite number, but was %s"
                  .formatted(
                      Double.isFinite(target) ? "prediction" : "target",
                      labels.get(label),
                      rowsBefore + row + 1,
                      Precision.text(Double.isFinite(target) ? prediction : target)));
        }
        sums.get(label).add(weight, target, prediction);
      }
    }
  }

  private LabelMetrics metrics(int label, LabelSums sums, Reasons reasons) {
    double mse = sums.squaredErrors / sums.weights;
    Double r2 = null;
    Double adjusted = null;
    Double explained = null;
    if (sums.squaredDeviations > 0) {
      r2 = 1 - sums.squaredErrors / sums.squaredDeviations;
      explained = 1 - sums.errorDeviations / sums.squaredDeviations;
      adjusted = adjusted(r2, sums.rows, reasons);
    } else {
      noVariance(labels.get(label), sums, reasons);
    }
    Deviance deviance = model.deviance();
    if (deviance != null && sums.devianceProblem != null) {
      reasons.add(deviance.metric(), sums.devianceProblem);
    }
    if (sums.hasZeroTarget) {
      reasons.add(MetricName.MAPE, "a label is 0, and no error is a part of that");
    }
    return new LabelMetrics(
        labels.get(label),
        mse,
        Math.sqrt(mse),
        sums.absoluteErrors / sums.weights,
        WeightedQuantile.of(0.5, absoluteErrors(label, null)),
        r2,
        adjusted,
        explained,
        sums.hasZeroTarget ? null : sums.relativeErrors / sums.weights,
        deviance == null || sums.devianceProblem != null ? null : sums.deviances / sums.weights);
  }

  private @Nullable Double adjusted(double r2, long rows, Reasons reasons) {
    Integer parameters = model.parameters();
    if (parameters == null) {
      return null;
    }
    if (rows <= parameters) {
      reasons.add(
          MetricName.ADJUSTED_R2,
          String.format(
              Locale.ROOT, "%,d rows are not more than the %,d parameters", rows, parameters));
      return null;
    }
    return 1 - (1 - r2) * (rows - 1) / (rows - parameters);
  }

  private void noVariance(String label, LabelSums sums, Reasons reasons) {
    String reason =
        sums.rows == 1
            ? "one row has no variance to explain"
            : label + " has the same value in every row, so no variance to explain";
    reasons.add(MetricName.R2, reason);
    reasons.add(MetricName.EXPLAINED_VARIANCE, reason);
    if (model.parameters() != null) {
      reasons.add(MetricName.ADJUSTED_R2, reason);
    }
  }

  /** The errors of a constant are the labels' deviations and how far it is from their mean. */
  private MetricValues ofBaseline(Baseline baseline, List<LabelSums> sums) {
    Reasons reasons = new Reasons();
    List<LabelMetrics> ofLabels = new ArrayList<>();
    for (int label = 0; label < labels.size(); label++) {
      LabelSums each = sums.get(label);
      double constant = baseline.constants().get(label);
      double variance = each.squaredDeviations / each.weights;
      double mse = variance + (each.targetMean - constant) * (each.targetMean - constant);
      Double r2 = null;
      if (variance > 0) {
        r2 = 1 - mse / variance;
      } else {
        noVariance(labels.get(label), each, reasons);
      }
      Deviance deviance = model.deviance();
      if (deviance != null && each.baselineProblem != null) {
        reasons.add(deviance.metric(), each.baselineProblem);
      }
      if (each.hasZeroTarget) {
        reasons.add(MetricName.MAPE, "a label is 0, and no error is a part of that");
      }
      ofLabels.add(
          new LabelMetrics(
              labels.get(label),
              mse,
              Math.sqrt(mse),
              each.baselineAbsolutes / each.weights,
              WeightedQuantile.of(0.5, absoluteErrors(label, constant)),
              r2,
              model.parameters() == null ? null : r2, // a constant is one parameter: no correction
              r2 == null ? null : 0.0,
              each.hasZeroTarget ? null : each.baselineRelatives / each.weights,
              deviance == null || each.baselineProblem != null
                  ? null
                  : each.baselineDeviances / each.weights));
    }
    return values(ofLabels, reasons);
  }

  /**
   * The absolute errors of one label.
   *
   * @param constant that is predicted for every row; null for the model's predictions
   */
  private WeightedValues absoluteErrors(int label, @Nullable Double constant) {
    return visitor -> {
      for (int b = 0; b < targets.blocks().size(); b++) {
        FloatBlock blockTargets = targets.blocks().get(b);
        FloatBlock blockPredictions = predictions.blocks().get(b);
        FloatBlock blockWeights = weights == null ? null : weights.blocks().get(b);
        double fixed = constant == null ? 0 : constant;
        for (int row = 0; row < blockTargets.rows(); row++) {
          double weight = blockWeights == null ? 1 : blockWeights.get(row, 0);
          if (weight > 0) {
            double predicted = constant == null ? blockPredictions.get(row, label) : fixed;
            visitor.visit(Math.abs(blockTargets.get(row, label) - predicted), weight);
          }
        }
      }
    };
  }

  private MetricValues values(List<LabelMetrics> ofLabels, Reasons reasons) {
    Map<MetricName, Function<LabelMetrics, @Nullable Double>> metrics = new LinkedHashMap<>();
    metrics.put(MetricName.MSE, LabelMetrics::mse);
    metrics.put(MetricName.RMSE, LabelMetrics::rmse);
    metrics.put(MetricName.MAE, LabelMetrics::mae);
    metrics.put(MetricName.MEDIAN_ABSOLUTE_ERROR, LabelMetrics::medianAbsoluteError);
    metrics.put(MetricName.MAPE, LabelMetrics::mape);
    metrics.put(MetricName.R2, LabelMetrics::r2);
    if (model.parameters() != null) {
      metrics.put(MetricName.ADJUSTED_R2, LabelMetrics::adjustedR2);
    }
    metrics.put(MetricName.EXPLAINED_VARIANCE, LabelMetrics::explainedVariance);
    Deviance deviance = model.deviance();
    if (deviance != null) {
      metrics.put(deviance.metric(), LabelMetrics::deviance);
    }
    Map<String, Double> values = new LinkedHashMap<>();
    Map<String, String> undefined = new LinkedHashMap<>();
    metrics.forEach(
        (name, metric) -> {
          Double mean = mean(ofLabels, metric);
          if (mean != null) {
            values.put(name.key(), mean);
          } else {
            undefined.put(name.key(), reasons.of(name));
          }
        });
    return new MetricValues(values, undefined);
  }

  /** Null where a label has none. */
  private static @Nullable Double mean(
      List<LabelMetrics> labels, Function<LabelMetrics, @Nullable Double> metric) {
    double sum = 0;
    for (LabelMetrics label : labels) {
      Double value = metric.apply(label);
      if (value == null) {
        return null;
      }
      sum += value;
    }
    return sum / labels.size();
  }

  /** Why metrics have no value: of several labels the first one's reason. */
  private static final class Reasons {
    private final Map<MetricName, String> reasons = new EnumMap<>(MetricName.class);

    void add(MetricName metric, String reason) {
      reasons.putIfAbsent(metric, reason);
    }

    String of(MetricName metric) {
      String reason = reasons.get(metric);
      if (reason == null) {
        throw new IllegalStateException(metric.key() + " must have a reason to be undefined");
      }
      return reason;
    }
  }

  /** The running sums of one label, of the model and of a constant. */
  private static final class LabelSums {
    private final @Nullable Deviance deviance;
    private final double constant;
    private long rows;
    private double weights;
    private double squaredErrors;
    private double absoluteErrors;
    private double relativeErrors;
    private boolean hasZeroTarget;
    private double deviances;
    private @Nullable String devianceProblem;
    private double targetMean;
    private double squaredDeviations;
    private double errorMean;
    private double errorDeviations;
    private double baselineAbsolutes;
    private double baselineRelatives;
    private double baselineDeviances;
    private @Nullable String baselineProblem;

    LabelSums(@Nullable Deviance deviance, double constant) {
      this.deviance = deviance;
      this.constant = constant;
    }

    /**
     * Adds a row. The deviations about the mean follow Welford (1962) with West's weights (1979),
     * which does not cancel where the mean is large beside the spread, and stay exactly 0 while all
     * targets are equal.
     */
    void add(double weight, double target, double prediction) {
      if (weight == 0) {
        return;
      }
      double error = target - prediction;
      double baselineError = Math.abs(target - constant);
      rows++;
      weights += weight;
      squaredErrors += weight * error * error;
      absoluteErrors += weight * Math.abs(error);
      baselineAbsolutes += weight * baselineError;
      if (target == 0) {
        hasZeroTarget = true;
      } else if (!hasZeroTarget) {
        double part = weight / Math.abs(target);
        relativeErrors += part * Math.abs(error);
        baselineRelatives += part * baselineError;
      }
      double share = weight / weights;
      double deviation = target - targetMean;
      targetMean += deviation * share;
      squaredDeviations += weight * deviation * (target - targetMean);
      double errorDeviation = error - errorMean;
      errorMean += errorDeviation * share;
      errorDeviations += weight * errorDeviation * (error - errorMean);
      if (deviance != null) {
        addDeviances(deviance, weight, target, prediction);
      }
    }

    private void addDeviances(Deviance measure, double weight, double target, double prediction) {
      if (devianceProblem == null) {
        devianceProblem = measure.problem(target, prediction);
        deviances += weight * measure.of(target, prediction);
      }
      if (baselineProblem == null) {
        baselineProblem = measure.problem(target, constant);
        baselineDeviances += weight * measure.of(target, constant);
      }
    }
  }
}
