package dev.slope.evaluation;

import dev.slope.config.ModelConfig;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedLabels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model without features would answer to every row: scikit-learn's DummyRegressor and
 * DummyClassifier. A model that measures no better has learnt nothing from its features.
 *
 * @param constants of a regression, one a label: the mean, the median for absolute_regression and
 *     the quantile for quantile_regression; of classes, the share of each; of the training rows,
 *     each times its weight
 */
public record Baseline(List<Double> constants) {
  public Baseline {
    constants = List.copyOf(constants);
  }

  /**
   * The baseline of a model.
   *
   * @param labels what the labels are
   * @param truth the labels of the training rows as {@link FittedLabels#encode} gives them, finite
   * @param weights of the same rows and blocks, one column, each at least 0, not all 0; null where
   *     every row counts the same
   */
  public static Baseline of(
      ModelConfig model, FittedLabels labels, FloatMatrix truth, @Nullable FloatMatrix weights) {
    if (labels instanceof FittedLabels.Classes classes) {
      return new Baseline(shares(classes.classes().size(), truth, weights));
    }
    List<Double> constants = new ArrayList<>();
    for (int label = 0; label < truth.columns(); label++) {
      WeightedValues values = values(truth, label, weights);
      if (model instanceof ModelConfig.QuantileRegression quantile) {
        constants.add(WeightedQuantile.of(quantile.quantile(), values));
      } else if (model instanceof ModelConfig.AbsoluteRegression) {
        constants.add(WeightedQuantile.of(0.5, values));
      } else {
        constants.add(mean(values));
      }
    }
    return new Baseline(constants);
  }

  private static WeightedValues values(
      FloatMatrix truth, int label, @Nullable FloatMatrix weights) {
    return visitor -> {
      for (int b = 0; b < truth.blocks().size(); b++) {
        FloatBlock block = truth.blocks().get(b);
        FloatBlock blockWeights = weights == null ? null : weights.blocks().get(b);
        for (int row = 0; row < block.rows(); row++) {
          double weight = blockWeights == null ? 1 : blockWeights.get(row, 0);
          if (weight > 0) {
            visitor.visit(block.get(row, label), weight);
          }
        }
      }
    };
  }

  /** A running mean, which stays exactly that of equal values. */
  private static double mean(WeightedValues values) {
    double[] sums = new double[2];
    values.forEach(
        (value, weight) -> {
          sums[0] += weight;
          sums[1] += (value - sums[1]) * (weight / sums[0]);
        });
    return sums[1];
  }

  private static List<Double> shares(
      int classes, FloatMatrix truth, @Nullable FloatMatrix weights) {
    double[] ofClass = new double[classes];
    double[] total = new double[1];
    values(truth, 0, weights)
        .forEach(
            (place, weight) -> {
              ofClass[(int) place] += weight;
              total[0] += weight;
            });
    List<Double> shares = new ArrayList<>();
    for (double weight : ofClass) {
      shares.add(weight / total[0]);
    }
    return shares;
  }
}
