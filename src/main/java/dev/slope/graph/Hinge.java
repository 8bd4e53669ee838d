package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * {@code max(0, 1 - m)} for labels 0 and 1, the margin m being the score where the label is 1 and
 * its negative where it is 0: scikit-learn's {@code LinearSVC(loss="hinge")}. Its slope at m = 1 is
 * 0.
 */
record Hinge() implements ElementwiseLoss {
  @Override
  public <T extends TFloating> Operand<T> ofScores(Ops tf, Operand<T> scores, Operand<T> labels) {
    return Margin.shortfall(tf, scores, labels);
  }

  @Override
  public <T extends TFloating> Operand<T> slopesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.math.neg(tf.math.mul(Margin.sign(tf, labels), Margin.isShort(tf, scores, labels)));
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
