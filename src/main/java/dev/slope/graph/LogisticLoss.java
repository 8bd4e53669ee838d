package dev.slope.graph;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * {@code ln(1 + exp(score)) - label * score} for labels 0 and 1, the negative log-likelihood:
 * scikit-learn's {@code log_loss}.
 *
 * <p>With the margin m, the score on the label's side, it is {@code ln(1 + exp(-m))}. All forms use
 * {@code z = exp(-|m|)} alone, which never overflows, keeps loss and slope accurate to the last
 * digits of a row that is far on its side, and costs one exponential for both.
 */
record LogisticLoss() implements ElementwiseLoss {
  /** The product of so many factors, each at most 2, is far below the largest float32. */
  private static final int ROWS_PER_LOGARITHM = 16;

  @Override
  public <T extends TFloating> Operand<T> ofScores(Ops tf, Operand<T> scores, Operand<T> labels) {
    Operand<T> margin = Margin.of(tf, scores, labels);
    return tf.math.add(
        tf.math.maximum(tf.math.neg(margin), Constants.scalar(tf, 0, scores)),
        tf.math.log1p(decay(tf, margin)));
  }

  /**
   * With {@code ln((1 + u)(1 + v)) = log1p(u + v + u v)}, of which no term is negative, so that
   * small ones keep their digits: one logarithm for {@value #ROWS_PER_LOGARITHM} rows. That of each
   * row costs more than the rest of the loss and its slope together.
   */
  @Override
  public <T extends TFloating> Operand<T> sums(
      Ops tf, Operand<T> scores, Operand<T> labels, @Nullable Operand<TBool> counts) {
    Operand<T> margin = Margin.of(tf, scores, labels);
    Operand<T> above =
        ColumnSums.counted(
            tf, tf.math.maximum(tf.math.neg(margin), Constants.scalar(tf, 0, scores)), counts);
    Operand<T> z = ColumnSums.counted(tf, decay(tf, margin), counts);
    for (int rows = 1; rows < ROWS_PER_LOGARITHM && z.shape().get(0) % 2 == 0; rows *= 2) {
      above = ColumnSums.halved(tf, above, tf.math::add);
      z = ColumnSums.halved(tf, z, (u, v) -> tf.math.add(tf.math.add(u, v), tf.math.mul(u, v)));
    }
    return ColumnSums.of(tf, tf.math.add(above, tf.math.log1p(z)));
  }

  @Override
  public <T extends TFloating> Operand<T> slopesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    Operand<T> margin = Margin.of(tf, scores, labels);
    Operand<T> z = decay(tf, margin);
    Operand<T> one = Constants.scalar(tf, 1, scores);
    Operand<T> numerator =
        tf.select(tf.math.greaterEqual(margin, Constants.scalar(tf, 0, scores)), z, tf.onesLike(z));
    Operand<T> wrongSide = tf.math.div(numerator, tf.math.add(one, z));
    return tf.math.neg(tf.math.mul(Margin.sign(tf, labels), wrongSide));
  }

  @Override
  public <T extends TFloating> Operand<T> curvaturesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    Operand<T> z = decay(tf, scores);
    return tf.math.div(z, tf.math.square(tf.math.add(Constants.scalar(tf, 1, scores), z)));
  }

  @Override
  public OptionalDouble curvatureBound() {
    return OptionalDouble.of(0.25);
  }

  @Override
  public boolean isSmooth() {
    return true;
  }

  private static <T extends TFloating> Operand<T> decay(Ops tf, Operand<T> margin) {
    return tf.math.exp(tf.math.neg(tf.math.abs(margin)));
  }
}
