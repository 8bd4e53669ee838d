package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code ln(1 + exp(score)) - label * score} for labels 0 and 1, the negative log-likelihood:
 * scikit-learn's {@code log_loss}.
 *
 * <p>With the margin m, the score on the label's side, it is {@code ln(1 + exp(-m))}. All forms use
 * {@code z = exp(-|m|)} alone, which never overflows, keeps loss and slope accurate to the last
 * digits of a row that is far on its side, and costs one exponential for both.
 */
record LogisticLoss() implements ElementwiseLoss {
  @Override
  public Operand<TFloat32> ofScores(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    Operand<TFloat32> margin = Margin.of(tf, scores, labels);
    return tf.math.add(
        tf.math.maximum(tf.math.neg(margin), tf.constant(0f)), tf.math.log1p(decay(tf, margin)));
  }

  @Override
  public Operand<TFloat32> slopesOfScores(
      Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    Operand<TFloat32> margin = Margin.of(tf, scores, labels);
    Operand<TFloat32> z = decay(tf, margin);
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> numerator =
        tf.select(tf.math.greaterEqual(margin, tf.constant(0f)), z, tf.onesLike(z));
    Operand<TFloat32> wrongSide = tf.math.div(numerator, tf.math.add(one, z));
    return tf.math.neg(tf.math.mul(Margin.sign(tf, labels), wrongSide));
  }

  @Override
  public Operand<TFloat32> curvaturesOfScores(
      Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    Operand<TFloat32> z = decay(tf, scores);
    return tf.math.div(z, tf.math.square(tf.math.add(tf.constant(1f), z)));
  }

  @Override
  public OptionalDouble curvatureBound() {
    return OptionalDouble.of(0.25);
  }

  @Override
  public boolean isSmooth() {
    return true;
  }

  private static Operand<TFloat32> decay(Ops tf, Operand<TFloat32> margin) {
    return tf.math.exp(tf.math.neg(tf.math.abs(margin)));
  }
}
