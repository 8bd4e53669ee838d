package dev.slope.graph;

import dev.slope.config.BinaryLink;
import dev.slope.config.ModelConfig;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

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
  public static <T extends TFloating> Operand<T> of(Ops tf, ModelConfig model, Operand<T> scores) {
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
    if (model instanceof ModelConfig.LogisticRegression logistic) {
      return ofPositive(tf, logistic.link(), scores);
    }
    if (model instanceof ModelConfig.SoftmaxRegression) {
      return tf.nn.softmax(scores);
    }
    throw new AssertionError("no prediction for " + model.getClass().getSimpleName());
  }

  /**
   * Adds the probabilities of the negative and the positive class of two, each exact where it is
   * small.
   *
   * @param score {@code [rows, 1]}
   * @return {@code [rows, 2]}
   */
  public static <T extends TFloating> Operand<T> ofBoth(Ops tf, BinaryLink link, Operand<T> score) {
    if (link == BinaryLink.CLOGLOG) {
      Operand<T> none = tf.math.exp(tf.math.neg(tf.math.exp(score)));
      return tf.concat(List.of(none, ofPositive(tf, link, score)), tf.constant(1));
    }
    // The other two are symmetric.
    return ofPositive(tf, link, tf.concat(List.of(tf.math.neg(score), score), tf.constant(1)));
  }

  private static <T extends TFloating> Operand<T> ofPositive(
      Ops tf, BinaryLink link, Operand<T> scores) {
    return switch (link) {
      case LOGIT -> tf.math.sigmoid(scores);
      case PROBIT -> NormalTail.cumulative(tf, scores);
      case CLOGLOG -> ofEvents(tf, scores);
    };
  }

  /**
   * {@code 1 - exp(-r)} for {@code r = exp(score)}, without its cancellation: {@code 2 t / (1 + t)}
   * with {@code t = tanh(r / 2)}. Not every runtime has expm1.
   */
  private static <T extends TFloating> Operand<T> ofEvents(Ops tf, Operand<T> scores) {
    Operand<T> tangent =
        tf.math.tanh(tf.math.mul(tf.math.exp(scores), Constants.scalar(tf, 0.5, scores)));
    return tf.math.div(
        tf.math.add(tangent, tangent), tf.math.add(Constants.scalar(tf, 1, scores), tangent));
  }
}
