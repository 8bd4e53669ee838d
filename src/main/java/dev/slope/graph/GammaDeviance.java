package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Half the unit deviance of the gamma distribution with the logarithm as link, {@code s - ln y + y
 * exp(-s) - 1} for score s and label y: what scikit-learn's {@code GammaRegressor} minimises.
 *
 * <p>Written as {@code expm1(-r) + r} with {@code r = s - ln y}. The curvature is the expected one,
 * 1 (Fisher's information), as in iteratively reweighted least squares; the observed one, {@code y
 * exp(-s)}, has no bound. Labels must be above 0; others, as of padding rows, count as 1 so that
 * weight 0 makes them 0.
 */
record GammaDeviance() implements ElementwiseLoss {
  @Override
  public <T extends TFloating> Operand<T> ofScores(Ops tf, Operand<T> scores, Operand<T> labels) {
    Operand<T> ratio = LogRatio.of(tf, scores, labels);
    return tf.math.add(tf.math.expm1(tf.math.neg(ratio)), ratio);
  }

  @Override
  public <T extends TFloating> Operand<T> slopesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.math.neg(tf.math.expm1(tf.math.neg(LogRatio.of(tf, scores, labels))));
  }

  @Override
  public <T extends TFloating> Operand<T> curvaturesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.onesLike(scores);
  }

  @Override
  public OptionalDouble curvatureBound() {
    return OptionalDouble.empty();
  }

  @Override
  public boolean isSmooth() {
    return true;
  }
}
