package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Half the unit deviance of the Tweedie distribution of power p between 1 and 2 with the logarithm
 * as link: {@code exp((2 - p) s) / (2 - p) + y exp((1 - p) s) / (p - 1) - y^(2 - p) / ((p - 1) (2 -
 * p))} for score s and label y, what scikit-learn's {@code TweedieRegressor} minimises.
 *
 * <p>Written as {@code y^(2 - p) (expm1((2 - p) r) / (2 - p) + expm1((1 - p) r) / (p - 1))} with
 * {@code r = s - ln y}, which tends to Poisson's and gamma's as p tends to 1 and 2. The curvature
 * is the expected one, {@code exp((2 - p) s)} (Fisher's information), as in iteratively reweighted
 * least squares.
 *
 * @param power p
 */
record TweedieDeviance(double power) implements ElementwiseLoss {
  @Override
  public <T extends TFloating> Operand<T> ofScores(Ops tf, Operand<T> scores, Operand<T> labels) {
    double left = 2 - power;
    double above = power - 1;
    Operand<T> ratio = LogRatio.of(tf, scores, labels);
    Operand<T> scale =
        tf.math.exp(
            tf.math.mul(Constants.scalar(tf, left, scores), LogRatio.logarithm(tf, labels)));
    Operand<T> up = tf.math.expm1(tf.math.mul(Constants.scalar(tf, left, scores), ratio));
    Operand<T> down = tf.math.expm1(tf.math.mul(Constants.scalar(tf, -above, scores), ratio));
    return tf.select(
        LogRatio.isPositive(tf, labels),
        tf.math.mul(
            scale,
            tf.math.add(
                tf.math.div(up, Constants.scalar(tf, left, scores)),
                tf.math.div(down, Constants.scalar(tf, above, scores)))),
        tf.math.div(growth(tf, scores), Constants.scalar(tf, left, scores)));
  }

  @Override
  public <T extends TFloating> Operand<T> slopesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    Operand<T> decay = tf.math.exp(tf.math.mul(Constants.scalar(tf, 1 - power, scores), scores));
    // 0 times an overflow would be NaN.
    Operand<T> pull =
        tf.select(
            LogRatio.isPositive(tf, labels), tf.math.mul(labels, decay), tf.zerosLike(labels));
    return tf.math.sub(growth(tf, scores), pull);
  }

  @Override
  public <T extends TFloating> Operand<T> curvaturesOfScores(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    return growth(tf, scores);
  }

  @Override
  public OptionalDouble curvatureBound() {
    return OptionalDouble.empty();
  }

  @Override
  public boolean isSmooth() {
    return true;
  }

  private <T extends TFloating> Operand<T> growth(Ops tf, Operand<T> scores) {
    return tf.math.exp(tf.math.mul(Constants.scalar(tf, 2 - power, scores), scores));
  }
}
