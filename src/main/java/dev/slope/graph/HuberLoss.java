package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

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
  public Operand<TFloat32> ofScores(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    Operand<TFloat32> size = tf.math.abs(tf.math.sub(scores, labels));
    Operand<TFloat32> clipped = tf.math.minimum(size, tf.constant((float) delta));
    return tf.math.mul(clipped, tf.math.sub(size, tf.math.mul(tf.constant(0.5f), clipped)));
  }

  @Override
  public Operand<TFloat32> slopesOfScores(
      Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    Operand<TFloat32> error = tf.math.sub(scores, labels);
    return tf.math.maximum(
        tf.constant((float) -delta), tf.math.minimum(tf.constant((float) delta), error));
  }

  @Override
  public Operand<TFloat32> curvaturesOfScores(
      Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    Operand<TFloat32> size = tf.math.abs(tf.math.sub(scores, labels));
    return tf.dtypes.cast(tf.math.lessEqual(size, tf.constant((float) delta)), TFloat32.class);
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
