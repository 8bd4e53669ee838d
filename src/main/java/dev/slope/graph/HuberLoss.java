package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * {@code e^2 / 2} where the error {@code e = score - label} is at most delta in magnitude, beyond
 * it {@code delta (|e| - delta / 2)}: Keras's {@code Huber} and the loss of scikit-learn's gradient
 * boosting. scikit-learn's {@code HuberRegressor} estimates the scale of the errors besides.
 *
 * @param delta in the label's unit; above 0
 * @param outputs the number of scores of a row
 */
record HuberLoss(double delta, int outputs) implements ElementwiseLoss {
  @Override
  public <T extends TFloating> Operand<T> ofScores(Ops tf, Operand<T> scores, Operand<T> labels) {
    Operand<T> size = tf.math.abs(tf.math.sub(scores, labels));
    Operand<T> clipped = tf.math.minimum(size, Constants.scalar(tf, delta, scores));
    return tf.math.mul(
        clipped, tf.math.sub(size, tf.math.mul(Constants.scalar(tf, 0.5, scores), clipped)));
  }

  @Override
  public <T extends TFloating> Operand<T> slopesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    Operand<T> error = tf.math.sub(scores, labels);
    return tf.math.maximum(
        Constants.scalar(tf, -delta, scores),
        tf.math.minimum(Constants.scalar(tf, delta, scores), error));
  }

  @Override
  public <T extends TFloating> Operand<T> curvaturesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    Operand<T> size = tf.math.abs(tf.math.sub(scores, labels));
    return tf.dtypes.cast(
        tf.math.lessEqual(size, Constants.scalar(tf, delta, scores)), scores.type());
  }

  @Override
  public OptionalDouble curvatureBound() {
    return OptionalDouble.of(1.0 / outputs);
  }

  @Override
  public boolean isSmooth() {
    return true;
  }
}
