package dev.slope.graph;

import dev.slope.config.ModelConfig;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** From scores to what a model predicts: the inverse of its link. */
public final class Prediction {
  private Prediction() {}

  /**
   * Adds the prediction of each row. Where the link is the identity it adds no op.
   *
   * @param scores {@code [rows, outputs]}
   * @return as {@code scores}: the mean of the label; the probability of the positive class for two
   *     classes, of every class for several; the margin of a support vector machine
   */
  public static Operand<TFloat32> of(Ops tf, ModelConfig model, Operand<TFloat32> scores) {
    if (model instanceof ModelConfig.LinearRegression
        || model instanceof ModelConfig.HuberRegression
        || model instanceof ModelConfig.QuantileRegression
        || model instanceof ModelConfig.AbsoluteRegression
        || model instanceof ModelConfig.LinearSvm) {
      return scores;
    }
    if (model instanceof ModelConfig.PoissonRegression
        || model instanceof ModelConfig.GammaRegression
        || model instanceof ModelConfig.TweedieRegression) {
      return tf.math.exp(scores);
    }
    if (model instanceof ModelConfig.LogisticRegression) {
      return tf.math.sigmoid(scores);
    }
    if (model instanceof ModelConfig.SoftmaxRegression) {
      return tf.nn.softmax(scores);
    }
    throw new AssertionError("no prediction for " + model.getClass().getSimpleName());
  }
}
