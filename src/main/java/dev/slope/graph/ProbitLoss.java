package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * {@code -ln Phi(m)} for labels 0 and 1, the negative log-likelihood of probit regression: m is the
 * margin, the score on the label's side, and Phi the standard normal distribution.
 *
 * <p>All forms use the tail beyond {@code |m|}, whose logarithm and hazard are finite at any
 * distance. The curvature is the expected one, {@code phi(s)^2 / (Phi(s) Phi(-s))} (Fisher's
 * information), as in iteratively reweighted least squares; the second derivative itself is the
 * small difference of large numbers far out. It is below 1, which it tends to there.
 */
record ProbitLoss() implements ElementwiseLoss {
  @Override
  public <T extends TFloating> Operand<T> ofScores(Ops tf, Operand<T> scores, Operand<T> labels) {
    Operand<T> margin = Margin.of(tf, scores, labels);
    NormalTail<T> tail = new NormalTail<>(tf, tf.math.abs(margin));
    return tf.select(
        tf.math.less(margin, Constants.scalar(tf, 0, scores)),
        tail.minusLog(),
        tail.minusLogWithin());
  }

  @Override
  public <T extends TFloating> Operand<T> slopesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    Operand<T> margin = Margin.of(tf, scores, labels);
    NormalTail<T> tail = new NormalTail<>(tf, tf.math.abs(margin));
    Operand<T> hazard =
        tf.select(
            tf.math.less(margin, Constants.scalar(tf, 0, scores)),
            tail.hazard(),
            tail.hazardWithin());
    return tf.math.neg(tf.math.mul(Margin.sign(tf, labels), hazard));
  }

  @Override
  public <T extends TFloating> Operand<T> curvaturesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    NormalTail<T> tail = new NormalTail<>(tf, tf.math.abs(scores));
    return tf.math.mul(tail.hazard(), tail.hazardWithin());
  }

  @Override
  public OptionalDouble curvatureBound() {
    return OptionalDouble.of(1);
  }

  @Override
  public boolean isSmooth() {
    return true;
  }
}
