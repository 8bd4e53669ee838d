package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Half the unit deviance of Poisson with the logarithm as link, {@code exp(s) - y - y (s - ln y)}
 * for score s and label y, and {@code exp(s)} for y = 0: the negative log-likelihood less its least
 * value, what scikit-learn's {@code PoissonRegressor} minimises.
 *
 * <p>Written as {@code y (expm1(r) - r)} with {@code r = s - ln y}.
 */
record PoissonDeviance() implements ElementwiseLoss {
  @Override
  public <T extends TFloating> Operand<T> ofScores(Ops tf, Operand<T> scores, Operand<T> labels) {
    Operand<T> ratio = LogRatio.of(tf, scores, labels);
    return tf.select(
        LogRatio.isPositive(tf, labels),
        tf.math.mul(labels, tf.math.sub(tf.math.expm1(ratio), ratio)),
        tf.math.exp(scores));
  }

  @Override
  public <T extends TFloating> Operand<T> slopesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.math.sub(tf.math.exp(scores), labels);
  }

  @Override
  public <T extends TFloating> Operand<T> curvaturesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.math.exp(scores);
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
