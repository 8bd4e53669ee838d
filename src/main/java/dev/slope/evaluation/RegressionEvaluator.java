package dev.slope.evaluation;

import dev.slope.config.Precision;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes targets and predictions block by block and measures how far apart they are.
 *
 * <p>Everything is summed in float64, row after row, each times its weight, so the result does not
 * depend on where one block ends and the next begins. Not safe for use by several threads.
 */
public final class RegressionEvaluator {
  private final List<String> labels;
  private final @Nullable Deviance deviance;
  private final LabelSums[] sums;
  private long rows;

  /**
   * With no row yet.
   *
   * @param labels the columns of the targets and of the predictions, in order; at least one
   * @param deviance what the model type measures besides; null where nothing
   */
  public RegressionEvaluator(List<String> labels, @Nullable Deviance deviance) {
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("labels must be not empty, but was []");
    }
    this.labels = List.copyOf(labels);
    this.deviance = deviance;
    this.sums = new LabelSums[labels.size()];
    for (int label = 0; label < sums.length; label++) {
      sums[label] = new LabelSums(deviance);
    }
  }

  /**
   * Measures two whole matrices.
   *
   * @param targets the true values; its columns name the labels
   * @param predictions of the same rows, columns and blocks
   * @param weights of the same rows and blocks, one column; null where every row counts the same
   * @param deviance what the model type measures besides; null where nothing
   */
  public static RegressionMetrics evaluate(
      FloatMatrix targets,
      FloatMatrix predictions,
      @Nullable FloatMatrix weights,
      @Nullable Deviance deviance) {
    if (targets.blocks().size() != predictions.blocks().size()) {
      throw new IllegalArgumentException(
          "predictions must be of "
              + targets.blocks().size()
              + " blocks as the targets are, but was of "
              + predictions.blocks().size());
    }
    RegressionEvaluator evaluator = new RegressionEvaluator(targets.names(), deviance);
    for (int block = 0; block < targets.blocks().size(); block++) {
      evaluator.add(
          targets.blocks().get(block),
          predictions.blocks().get(block),
          weights == null ? null : weights.blocks().get(block));
    }
    return evaluator.metrics();
  }

  /**
   * Adds rows.
   *
   * @param targets the true values, a column per label
   * @param predictions as many rows and columns
   * @param weights as many rows, one column, each at least 0; null where every row counts the same
   * @throws IllegalArgumentException where the shapes differ or a value is not finite
   */
  public void add(FloatBlock targets, FloatBlock predictions, @Nullable FloatBlock weights) {
    requireShape("targets", targets, targets.rows());
    requireShape("predictions", predictions, targets.rows());
    for (int row = 0; row < targets.rows(); row++) {
      double weight = weights == null ? 1 : weights.get(row, 0);
      for (int label = 0; label < sums.length; label++) {
        double target = requireFinite("target", targets.get(row, label), row, label);
        double prediction = requireFinite("prediction", predictions.get(row, label), row, label);
        sums[label].add(weight, target, prediction);
      }
    }
    rows += targets.rows();
  }

  /**
   * The metrics of all rows so far.
   *
   * @throws IllegalStateException before the first row with a weight above 0
   */
  public RegressionMetrics metrics() {
    if (!(sums[0].weights > 0)) {
      throw new IllegalStateException("the weights of all rows must sum to > 0, but were 0");
    }
    List<LabelMetrics> perLabel = new ArrayList<>();
    String problem = null;
    for (int label = 0; label < sums.length; label++) {
      perLabel.add(sums[label].metrics(labels.get(label)));
      if (problem == null) {
        problem = sums[label].devianceProblem;
      }
    }
    return new RegressionMetrics(
        rows, perLabel, deviance == null ? null : deviance.metric(), problem);
  }

  private void requireShape(String name, FloatBlock block, int blockRows) {
    if (block.columns() != sums.length || block.rows() != blockRows) {
      throw new IllegalArgumentException(
          "%s must be %d x %d, but was %d x %d"
              .formatted(name, blockRows, sums.length, block.rows(), block.columns()));
    }
  }

  private double requireFinite(String name, double value, int row, int label) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "%s of %s in row %d must be a finite number, but was %s"
              .formatted(name, labels.get(label), rows + row + 1, Precision.text(value)));
    }
    return value;
  }

  /** The running sums of one label. */
  private static final class LabelSums {
    private final @Nullable Deviance deviance;
    private double weights;
    private double squaredErrors;
    private double absoluteErrors;
    private double deviances;
    private @Nullable String devianceProblem;
    private double targetMean;
    private double squaredDeviations;

    LabelSums(@Nullable Deviance deviance) {
      this.deviance = deviance;
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
      weights += weight;
      squaredErrors += weight * error * error;
      absoluteErrors += weight * Math.abs(error);
      double deviation = target - targetMean;
      targetMean += deviation * weight / weights;
      squaredDeviations += weight * deviation * (target - targetMean);
      if (deviance != null && devianceProblem == null) {
        devianceProblem = deviance.problem(target, prediction);
        deviances += weight * deviance.of(target, prediction);
      }
    }

    LabelMetrics metrics(String label) {
      double mse = squaredErrors / weights;
      double mae = absoluteErrors / weights;
      Double r2 = squaredDeviations > 0 ? 1 - squaredErrors / squaredDeviations : null;
      Double meanDeviance =
          deviance == null || devianceProblem != null ? null : deviances / weights;
      return new LabelMetrics(label, mse, Math.sqrt(mse), mae, r2, meanDeviance);
    }
  }
}
