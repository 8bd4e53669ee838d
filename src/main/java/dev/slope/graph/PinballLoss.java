package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code max(q (label - score), (1 - q) (score - label))}, scikit-learn's {@code
 * mean_pinball_loss}: half the absolute error where q is 1/2. Its slope at 0 is 0.
 *
 * @param quantile q, between 0 and 1
 * @param outputs the number of scores of a row
 */
record PinballLoss(double quantile, int outputs) implements ElementwiseLoss {
  @Override
  public Operand<TFloat32> ofScores(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    Operand<TFloat32> error = tf.math.sub(scores, labels);
    return tf.math.maximum(
        tf.math.mul(tf.constant((float) -quantile), error),
        tf.math.mul(tf.constant((float) (1 - quantile)), error));
  }

  @Override
  public Operand<TFloat32> slopesOfScores(
      Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    // (sign + 1) / 2 - q away from 0: no comparison, no branch.
    Operand<TFloat32> sign = tf.math.sign(tf.math.sub(scores, labels));
    Operand<TFloat32> half = tf.math.mul(tf.constant(0.5f), sign);
    Operand<TFloat32> tilt =
        tf.math.mul(tf.constant((float) (0.5 - quantile)), tf.math.square(sign));
    return tf.math.add(half, tilt);
  }

  @Override
  public Operand<TFloat32> curvaturesOfScores(
      Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
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
