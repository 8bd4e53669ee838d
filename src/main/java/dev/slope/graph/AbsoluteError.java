package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code |score - label|}; its slope at 0 is 0.
 *
 * @param outputs the number of scores of a row
 */
record AbsoluteError(int outputs) implements ElementwiseLoss {
  @Override
  public Operand<TFloat32> ofScores(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    return tf.math.abs(tf.math.sub(scores, labels));
  }

  @Override
  public Operand<TFloat32> slopesOfScores(
      Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    return tf.math.sign(tf.math.sub(scores, labels));
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
