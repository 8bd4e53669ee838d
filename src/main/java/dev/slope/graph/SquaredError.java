package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code (score - label)^2}, as scikit-learn's and Keras's mean squared error: there is no factor
 * 1/2.
 *
 * @param outputs the number of scores of a row
 */
record SquaredError(int outputs) implements ElementwiseLoss {
  @Override
  public Operand<TFloat32> ofScores(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    return tf.math.square(tf.math.sub(scores, labels));
  }

  @Override
  public Operand<TFloat32> slopesOfScores(
      Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    return tf.math.mul(tf.constant(2f), tf.math.sub(scores, labels));
  }

  @Override
  public Operand<TFloat32> curvaturesOfScores(
      Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    return tf.math.add(tf.zerosLike(scores), tf.constant(2f));
  }

  @Override
  public OptionalDouble curvatureBound() {
    return OptionalDouble.of(2.0 / outputs);
  }

  @Override
  public boolean isSmooth() {
    return true;
  }
}
