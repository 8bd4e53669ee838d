package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * {@code max(q (label - score), (1 - q) (score - label))}, scikit-learn's {@code
 * mean_pinball_loss}: half the absolute error where q is 1/2. Its slope at 0 is 0.
 *
 * @param quantile q, between 0 and 1
 * @param outputs the number of scores of a row
 */
record PinballLoss(double quantile, int outputs) implements ElementwiseLoss {
  @Override
  public <T extends TFloating> Operand<T> ofScores(Ops tf, Operand<T> scores, Operand<T> labels) {
    Operand<T> error = tf.math.sub(scores, labels);
    return tf.math.maximum(
        tf.math.mul(Constants.scalar(tf, -quantile, scores), error),
        tf.math.mul(Constants.scalar(tf, 1 - quantile, scores), error));
  }

  @Override
  public <T extends TFloating> Operand<T> slopesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    // (sign + 1) / 2 - q away from 0: no comparison, no branch.
    Operand<T> sign = tf.math.sign(tf.math.sub(scores, labels));
    Operand<T> half = tf.math.mul(Constants.scalar(tf, 0.5, scores), sign);
    Operand<T> tilt =
        tf.math.mul(Constants.scalar(tf, 0.5 - quantile, scores), tf.math.square(sign));
    return tf.math.add(half, tilt);
  }

  @Override
  public <T extends TFloating> Operand<T> curvaturesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.zerosLike(scores);
  }

  @Override
  public OptionalDouble curvatureBound() {
    return OptionalDouble.empty();
  }

  @Override
  public boolean isSmooth() {
    return false;
  }
}
