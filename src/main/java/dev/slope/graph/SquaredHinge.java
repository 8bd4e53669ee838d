package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * {@code max(0, 1 - m)^2} for labels 0 and 1, the margin m being the score where the label is 1 and
 * its negative where it is 0: scikit-learn's {@code LinearSVC(loss="squared_hinge")}.
 */
record SquaredHinge() implements ElementwiseLoss {
  @Override
  public <T extends TFloating> Operand<T> ofScores(Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.math.square(Margin.shortfall(tf, scores, labels));
  }

  @Override
  public <T extends TFloating> Operand<T> slopesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.math.mul(
        tf.math.mul(Constants.scalar(tf, -2, scores), Margin.sign(tf, labels)),
        Margin.shortfall(tf, scores, labels));
  }

  @Override
  public <T extends TFloating> Operand<T> curvaturesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.math.mul(Constants.scalar(tf, 2, scores), Margin.isShort(tf, scores, labels));
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
