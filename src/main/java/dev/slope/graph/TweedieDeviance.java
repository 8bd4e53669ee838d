package dev.slope.graph;

import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

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
  public Operand<TFloat32> ofScores(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    float left = (float) (2 - power);
    float above = (float) (power - 1);
    Operand<TFloat32> ratio = LogRatio.of(tf, scores, labels);
    Operand<TFloat32> scale =
        tf.math.exp(tf.math.mul(tf.constant(left), LogRatio.logarithm(tf, labels)));
    Operand<TFloat32> up = tf.math.expm1(tf.math.mul(tf.constant(left), ratio));
    Operand<TFloat32> down = tf.math.expm1(tf.math.mul(tf.constant(-above), ratio));
    return tf.select(
        LogRatio.isPositive(tf, labels),
        tf.math.mul(
            scale,
            tf.math.add(tf.math.div(up, tf.constant(left)), tf.math.div(down, tf.constant(above)))),
        tf.math.div(growth(tf, scores), tf.constant(left)));
  }

  @Override
  public Operand<TFloat32> slopesOfScores(
      Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    Operand<TFloat32> decay = tf.math.exp(tf.math.mul(tf.constant((float) (1 - power)), scores));
    // 0 times an overflow would be NaN.
    Operand<TFloat32> pull =
        tf.select(
            LogRatio.isPositive(tf, labels), tf.math.mul(labels, decay), tf.zerosLike(labels));
    return tf.math.sub(growth(tf, scores), pull);
  }

  @Override
  public Operand<TFloat32> curvaturesOfScores(
      Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
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

  private Operand<TFloat32> growth(Ops tf, Operand<TFloat32> scores) {
    return tf.math.exp(tf.math.mul(tf.constant((float) (2 - power)), scores));
  }
}
