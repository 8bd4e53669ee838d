package dev.slope.evaluation;

import dev.slope.config.ModelConfig;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.ClassProbability;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** From the scores that training ends with to the predictions that a model serves. */
public final class InverseLink {
  private InverseLink() {}

  /**
   * Applies the inverse of a model's link in float64.
   *
   * @param scores any number of columns; one for logistic_regression
   * @return as many rows, columns and blocks: the label's mean, quantile or median; the probability
   *     of the positive class; for several classes and margins the scores themselves
   */
  public static FloatMatrix apply(ModelConfig model, FloatMatrix scores) {
    if (model instanceof ModelConfig.LinearRegression
        || model instanceof ModelConfig.HuberRegression
        || model instanceof ModelConfig.QuantileRegression
        || model instanceof ModelConfig.AbsoluteRegression
        || model instanceof ModelConfig.SoftmaxRegression
        || model instanceof ModelConfig.LinearSvm) {
      return scores;
    }
    if (model instanceof ModelConfig.PoissonRegression
        || model instanceof ModelConfig.GammaRegression
        || model instanceof ModelConfig.TweedieRegression) {
      return each(scores, Math::exp);
    }
    if (model instanceof ModelConfig.LogisticRegression logistic) {
      return each(scores, score -> ClassProbability.of(logistic.link(), score));
    }
    throw new AssertionError("no link of " + model.getClass().getSimpleName());
  }

  private static FloatMatrix each(FloatMatrix scores, DoubleUnaryOperator function) {
    List<FloatBlock> blocks = new ArrayList<>();
    for (FloatBlock block : scores.blocks()) {
      FloatBlock result = new FloatBlock(block.precision(), block.rows(), block.columns());
      for (int row = 0; row < block.rows(); row++) {
        for (int column = 0; column < block.columns(); column++) {
          result.set(row, column, function.applyAsDouble(block.get(row, column)));
        }
      }
      blocks.add(result);
    }
    return new FloatMatrix(scores.names(), blocks);
  }
}
