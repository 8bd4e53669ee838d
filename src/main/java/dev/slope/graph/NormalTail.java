package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The tail of the standard normal distribution beyond a distance {@code d >= 0}, in float32 and in
 * ops that every runtime has.
 *
 * <p>{@code P(Z > d) = exp(-d^2/2) scaled(d) / 2}, where {@code scaled(d) = t exp(P(t))} with
 * {@code t = 1 / (1 + d / sqrt(8))} and a polynomial P is {@code erfcx(d / sqrt(2))}, to 1.2e-7 of
 * itself for every d: Press et al., "Numerical Recipes in C" (1992), section 6.2, erfcc. The tail
 * vanishes from d = 14 on in float32; its logarithm and the hazard don't.
 */
final class NormalTail<T extends TFloating> {
  /** P, its constant first. */
  private static final double[] POLYNOMIAL = {
    -1.26551223,
    1.00002368,
    0.37409196,
    0.09678418,
    -0.18628806,
    0.27886807,
    -1.13520398,
    1.48851587,
    -0.82215223,
    0.17087277
  };

  private static final double ROOT_OF_TWO_BY_PI = Math.sqrt(2 / Math.PI);

  private final Ops tf;
  private final Operand<T> bell;
  private final Operand<T> halfSquare;
  private final Operand<T> scaled;

  /** Adds what all of it has in common. */
  NormalTail(Ops tf, Operand<T> distance) {
    this.tf = tf;
    this.halfSquare = tf.math.mul(Constants.scalar(tf, 0.5, distance), tf.math.square(distance));
    this.bell = tf.math.exp(tf.math.neg(halfSquare));
    Operand<T> t =
        tf.math.reciprocal(
            tf.math.add(
                Constants.scalar(tf, 1, distance),
                tf.math.mul(Constants.scalar(tf, 1 / Math.sqrt(8), distance), distance)));
    Operand<T> polynomial = Constants.scalar(tf, POLYNOMIAL[POLYNOMIAL.length - 1], distance);
    for (int power = POLYNOMIAL.length - 2; power >= 0; power--) {
      polynomial =
          tf.math.add(
              Constants.scalar(tf, POLYNOMIAL[power], distance), tf.math.mul(t, polynomial));
    }
    this.scaled = tf.math.mul(t, tf.math.exp(polynomial));
  }

  /** Adds {@code P(Z > d)}. */
  Operand<T> beyond() {
    return tf.math.mul(tf.math.mul(Constants.scalar(tf, 0.5, bell), bell), scaled);
  }

  /** Adds {@code -ln P(Z > d)}. */
  Operand<T> minusLog() {
    return tf.math.sub(
        halfSquare, tf.math.log(tf.math.mul(Constants.scalar(tf, 0.5, scaled), scaled)));
  }

  /** Adds {@code -ln P(Z <= d)}. */
  Operand<T> minusLogWithin() {
    return tf.math.neg(tf.math.log1p(tf.math.neg(beyond())));
  }

  /** Adds the density at d by {@code P(Z > d)}: the hazard, which grows like d. */
  Operand<T> hazard() {
    return tf.math.div(Constants.scalar(tf, ROOT_OF_TWO_BY_PI, bell), scaled);
  }

  /** Adds the density at d by {@code P(Z <= d)}. */
  Operand<T> hazardWithin() {
    return tf.math.div(
        tf.math.mul(Constants.scalar(tf, ROOT_OF_TWO_BY_PI / 2, bell), bell),
        tf.math.sub(Constants.scalar(tf, 1, bell), beyond()));
  }

  /** Adds {@code P(Z <= x)} for any x, exact to 1e-6 of itself where it is small. */
  static <T extends TFloating> Operand<T> cumulative(Ops tf, Operand<T> x) {
    Operand<T> tail = new NormalTail<>(tf, tf.math.abs(x)).beyond();
    return tf.select(
        tf.math.less(x, Constants.scalar(tf, 0, x)),
        tail,
        tf.math.sub(Constants.scalar(tf, 1, x), tail));
  }
}
