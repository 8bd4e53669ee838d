package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code max(0, 1 - m)^2} for labels 0 and 1, the margin m being the score where the label is 1 and
 * its negative where it is 0: scikit-learn's {@code LinearSVC(loss="squared_hinge")}.
 */
record SquaredHinge() implements ElementwiseLoss {
  @Override
  public Operand<TFloat32> ofScores(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    return tf.math.square(Margin.shortfall(tf, scores, labels));
  }

  @Override
  public Operand<TFloat32> slopesOfScores(
      Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    return tf.math.mul(
        tf.math.mul(tf.constant(-2f), Margin.sign(tf, labels)),
        Margin.shortfall(tf, scores, labels));
  }

  @Override
  public Operand<TFloat32> curvaturesOfScores(
      Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    return tf.math.mul(tf.constant(2f), Margin.isShort(tf, scores, labels));
  }

  @Override
  public OptionalDouble curvatureBound() {
    return OptionalDouble.of(2);
  }

  @Override
  public boolean isSmooth() {
    return true;
  }
}
