package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The negative log-likelihood of labels 0 and 1 whose probability of 1 is {@code 1 - exp(-r)} with
 * the rate {@code r = exp(s)} for score s, the complementary log-log link: r for label 0, {@code
 * -ln(1 - exp(-r))} for label 1.
 *
 * <p>For label 1 the rate is kept between 1e-30 and 100: below, {@code 1 - exp(-r)} is r to the
 * last digit, so that the loss is -s; above, the loss is less than any float32. The curvature is
 * the expected one, {@code r^2 / (exp(r) - 1)} (Fisher's information), as in iteratively reweighted
 * least squares.
 */
record CloglogLoss() implements ElementwiseLoss {
  @Override
  public <T extends TFloating> Operand<T> ofScores(Ops tf, Operand<T> scores, Operand<T> labels) {
    Operand<T> rate = keptRate(tf, scores);
    // -ln((1 - exp(-r)) / r) - s, and -ln(1 - exp(-r)): each where it is accurate.
    Operand<T> share = tf.math.div(tf.math.neg(tf.math.expm1(tf.math.neg(rate))), rate);
    Operand<T> seldom = tf.math.neg(tf.math.add(tf.math.log(share), scores));
    Operand<T> often = tf.math.neg(tf.math.log1p(tf.math.neg(tf.math.exp(tf.math.neg(rate)))));
    return tf.select(
        LogRatio.isPositive(tf, labels),
        tf.select(tf.math.less(scores, Constants.scalar(tf, 0, scores)), seldom, often),
        tf.math.exp(scores));
  }

  @Override
  public <T extends TFloating> Operand<T> slopesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.select(
        LogRatio.isPositive(tf, labels),
        tf.math.neg(shareOfGrowth(tf, keptRate(tf, scores))),
        tf.math.exp(scores));
  }

  @Override
  public <T extends TFloating> Operand<T> curvaturesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    Operand<T> rate = keptRate(tf, scores);
    return tf.math.mul(rate, shareOfGrowth(tf, rate));
  }

  @Override
  public OptionalDouble curvatureBound() {
    return OptionalDouble.empty();
  }

  @Override
  public boolean isSmooth() {
    return true;
  }

  /** {@code r / (exp(r) - 1)}: 1 at 0, and 0 where the exponential overflows. */
  private static <T extends TFloating> Operand<T> shareOfGrowth(Ops tf, Operand<T> rate) {
    return tf.math.div(rate, tf.math.expm1(rate));
  }

  private static <T extends TFloating> Operand<T> keptRate(Ops tf, Operand<T> scores) {
    return tf.math.minimum(
        tf.math.maximum(tf.math.exp(scores), Constants.scalar(tf, 1e-30, scores)),
        Constants.scalar(tf, 100, scores));
  }
}
