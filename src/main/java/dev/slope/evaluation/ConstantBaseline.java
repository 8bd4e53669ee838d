package dev.slope.evaluation;

import dev.slope.config.MetricName;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.ClassProbability;
import dev.slope.features.FittedLabels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The constant answer that a metric is best with on the training rows: of numbers the weighted
 * mean, for {@code mae} the median and for {@code pinball} the quantile; of classes their shares of
 * the weights.
 */
public final class ConstantBaseline {
  /** The nearest that a share comes to 0 or 1, so that it has a finite score. */
  private static final double LEAST_SHARE = 1e-12;

  private final float[] answers;

  private ConstantBaseline(float[] answers) {
    this.answers = answers;
  }

  /**
   * Learns the constants.
   *
   * @param labels what the labels are
   * @param metric that is to be best
   * @param quantile of {@code pinball}
   * @param truth the labels of the training rows, as {@link FittedLabels#encode} gives them
   * @param weights of the same rows, one column; null where every row counts the same
   */
  public static ConstantBaseline of(
      FittedLabels labels,
      MetricName metric,
      double quantile,
      FloatMatrix truth,
      @Nullable FloatMatrix weights) {
    double[] counts = weights == null ? ones(truth.rows()) : column(weights, 0);
    if (labels instanceof FittedLabels.Classes classes) {
      return new ConstantBaseline(scores(classes, column(truth, 0), counts));
    }
    float[] constants = new float[truth.columns()];
    for (int output = 0; output < constants.length; output++) {
      double[] values = column(truth, output);
      constants[output] =
          switch (metric) {
            case MAE -> (float) quantile(0.5, values, counts);
            case PINBALL -> (float) quantile(quantile, values, counts);
            default -> (float) mean(values, counts);
          };
    }
    return new ConstantBaseline(constants);
  }

  /** The constants as answers to as many rows, in blocks of the same sizes. */
  public FloatMatrix answers(List<String> outputs, FloatMatrix rows) {
    List<FloatBlock> blocks = new ArrayList<>();
    for (FloatBlock block : rows.blocks()) {
      FloatBlock constant = new FloatBlock(block.rows(), answers.length);
      for (int row = 0; row < block.rows(); row++) {
        for (int output = 0; output < answers.length; output++) {
          constant.set(row, output, answers[output]);
        }
      }
      blocks.add(constant);
    }
    return new FloatMatrix(outputs, blocks);
  }

  private static float[] scores(FittedLabels.Classes labels, double[] truth, double[] weights) {
    double[] shares = new double[labels.classes().size()];
    double total = Arrays.stream(weights).sum();
    for (int row = 0; row < truth.length; row++) {
      shares[(int) truth[row]] += weights[row] / total;
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.min(Math.max(shares[i], LEAST_SHARE), 1 - LEAST_SHARE);
    }
    if (labels instanceof FittedLabels.Binary binary) {
      double positive = shares[1];
      return new float[] {
        (float)
            (binary.hasProbabilities()
                ? ClassProbability.score(binary.probabilityLink(), positive)
                : positive - 0.5)
      };
    }
    float[] scores = new float[shares.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) Math.log(shares[i]);
    }
    return scores;
  }

  private static double mean(double[] values, double[] weights) {
    double sum = 0;
    double total = 0;
    for (int row = 0; row < values.length; row++) {
      sum += weights[row] * values[row];
      total += weights[row];
    }
    return sum / total;
  }

  /** The smallest value up to which that part of the weights lies. */
  private static double quantile(double part, double[] values, double[] weights) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> values[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    double wanted = part * Arrays.stream(weights).sum();
    double sum = 0;
    for (int row : order) {
      sum += weights[row];
      if (sum >= wanted) {
        return values[row];
      }
    }
    return values[order[order.length - 1]];
  }

  private static double[] ones(long count) {
    double[] ones = new double[Math.toIntExact(count)];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] column(FloatMatrix matrix, int column) {
    double[] values = new double[Math.toIntExact(matrix.rows())];
    int next = 0;
    for (FloatBlock block : matrix.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        values[next++] = block.get(row, column);
      }
    }
    return values;
  }
}
