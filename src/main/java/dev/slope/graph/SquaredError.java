package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * {@code (score - label)^2}, as scikit-learn's and Keras's mean squared error: there is no factor
 * 1/2.
 *
 * @param outputs the number of scores of a row
 */
record SquaredError(int outputs) implements ElementwiseLoss {
  @Override
  public <T extends TFloating> Operand<T> ofScores(Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.math.square(tf.math.sub(scores, labels));
  }

  @Override
  public <T extends TFloating> Operand<T> slopesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.math.mul(Constants.scalar(tf, 2, scores), tf.math.sub(scores, labels));
  }

  @Override
  public <T extends TFloating> Operand<T> curvaturesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.math.add(tf.zerosLike(scores), Constants.scalar(tf, 2, scores));
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
