package dev.slope.evaluation;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes targets and predictions block by block and measures how far apart they are.
 *
 * <p>Everything is summed in float64, row after row, so the result does not depend on where one
 * block ends and the next begins. Not safe for use by several threads.
 */
public final class RegressionEvaluator {
  private final List<String> labels;
  private final LabelSums[] sums;
  private long rows;

  /**
   * With no row yet.
   *
   * @param labels the columns of the targets and of the predictions, in order; at least one
   */
  public RegressionEvaluator(List<String> labels) {
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("labels must be not empty, but was []");
    }
    this.labels = List.copyOf(labels);
    this.sums = new LabelSums[labels.size()];
    for (int label = 0; label < sums.length; label++) {
      sums[label] = new LabelSums();
    }
  }

  /**
   * Measures two whole matrices.
   *
   * @param targets the true values; its columns name the labels
   * @param predictions of the same rows, columns and blocks
   */
  public static RegressionMetrics evaluate(FloatMatrix targets, FloatMatrix predictions) {
    if (targets.blocks().size() != predictions.blocks().size()) {
      throw new IllegalArgumentException(
          "predictions must be of "
              + targets.blocks().size()
              + " blocks as the targets are, but was of "
              + predictions.blocks().size());
    }
    RegressionEvaluator evaluator = new RegressionEvaluator(targets.names());
    for (int block = 0; block < targets.blocks().size(); block++) {
      evaluator.add(targets.blocks().get(block), predictions.blocks().get(block));
    }
    return evaluator.metrics();
  }

  /**
   * Adds rows.
   *
   * @param targets the true values, a column per label
   * @param predictions as many rows and columns
   * @throws IllegalArgumentException where the shapes differ or a value is not finite
   */
  public void add(FloatBlock targets, FloatBlock predictions) {
    requireShape("targets", targets, targets.rows());
    requireShape("predictions", predictions, targets.rows());
    for (int row = 0; row < targets.rows(); row++) {
      for (int label = 0; label < sums.length; label++) {
        double target = requireFinite("target", targets.get(row, label), row, label);
        double prediction = requireFinite("prediction", predictions.get(row, label), row, label);
        sums[label].add(rows + row + 1, target, prediction);
      }
    }
    rows += targets.rows();
  }

  /**
   * The metrics of all rows so far.
   *
   * @throws IllegalStateException before the first row
   */
  public RegressionMetrics metrics() {
    if (rows == 0) {
      throw new IllegalStateException("rows must be >= 1, but was 0");
    }
    List<LabelMetrics> perLabel = new ArrayList<>();
    for (int label = 0; label < sums.length; label++) {
      perLabel.add(sums[label].metrics(labels.get(label), rows));
    }
    return new RegressionMetrics(rows, perLabel);
  }

  private void requireShape(String name, FloatBlock block, int blockRows) {
    if (block.columns() != sums.length || block.rows() != blockRows) {
      throw new IllegalArgumentException(
          "%s must be %d x %d, but was %d x %d"
              .formatted(name, blockRows, sums.length, block.rows(), block.columns()));
    }
  }

  private float requireFinite(String name, float value, int row, int label) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException(
          "%s of %s in row %d must be a finite number, but was %s"
              .formatted(name, labels.get(label), rows + row + 1, value));
    }
    return value;
  }

  /** The running sums of one label. */
  private static final class LabelSums {
    private double squaredErrors;
    private double absoluteErrors;
    private double targetMean;
    private double squaredDeviations;

    /**
     * Adds a row. The deviations about the mean follow Welford (1962), which does not cancel where
     * the mean is large beside the spread, and stay exactly 0 while all targets are equal.
     */
    void add(long count, double target, double prediction) {
      double error = target - prediction;
      squaredErrors += error * error;
      absoluteErrors += Math.abs(error);
      double deviation = target - targetMean;
      targetMean += deviation / count;
      squaredDeviations += deviation * (target - targetMean);
    }

    LabelMetrics metrics(String label, long rows) {
      double mse = squaredErrors / rows;
      double mae = absoluteErrors / rows;
      Double r2 = squaredDeviations > 0 ? 1 - squaredErrors / squaredDeviations : null;
      return new LabelMetrics(label, mse, Math.sqrt(mse), mae, r2);
    }
  }
}
