package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The tail of the standard normal distribution beyond a distance {@code d >= 0}, in float32 and in
 * ops that every runtime has.
 *
 * <p>{@code P(Z > d) = exp(-d^2/2) scaled(d) / 2}, where {@code scaled(d) = t exp(P(t))} with
 * {@code t = 1 / (1 + d / sqrt(8))} and a polynomial P is {@code erfcx(d / sqrt(2))}, to 1.2e-7 of
 * itself for every d: Press et al., "Numerical Recipes in C" (1992), section 6.2, erfcc. The tail
 * vanishes from d = 14 on in float32; its logarithm and the hazard don't.
 */
final class NormalTail {
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

  private static final float ROOT_OF_TWO_BY_PI = (float) Math.sqrt(2 / Math.PI);

  private final Ops tf;
  private final Operand<TFloat32> bell;
  private final Operand<TFloat32> halfSquare;
  private final Operand<TFloat32> scaled;

  /** Adds what all of it has in common. */
  NormalTail(Ops tf, Operand<TFloat32> distance) {
    this.tf = tf;
    this.halfSquare = tf.math.mul(tf.constant(0.5f), tf.math.square(distance));
    this.bell = tf.math.exp(tf.math.neg(halfSquare));
    Operand<TFloat32> t =
        tf.math.reciprocal(
            tf.math.add(
                tf.constant(1f), tf.math.mul(tf.constant((float) (1 / Math.sqrt(8))), distance)));
    Operand<TFloat32> polynomial = tf.constant((float) POLYNOMIAL[POLYNOMIAL.length - 1]);
    for (int power = POLYNOMIAL.length - 2; power >= 0; power--) {
      polynomial = tf.math.add(tf.constant((float) POLYNOMIAL[power]), tf.math.mul(t, polynomial));
    }
    this.scaled = tf.math.mul(t, tf.math.exp(polynomial));
  }

  /** Adds {@code P(Z > d)}. */
  Operand<TFloat32> beyond() {
    return tf.math.mul(tf.math.mul(tf.constant(0.5f), bell), scaled);
  }

  /** Adds {@code -ln P(Z > d)}. */
  Operand<TFloat32> minusLog() {
    return tf.math.sub(halfSquare, tf.math.log(tf.math.mul(tf.constant(0.5f), scaled)));
  }

  /** Adds {@code -ln P(Z <= d)}. */
  Operand<TFloat32> minusLogWithin() {
    return tf.math.neg(tf.math.log1p(tf.math.neg(beyond())));
  }

  /** Adds the density at d by {@code P(Z > d)}: the hazard, which grows like d. */
  Operand<TFloat32> hazard() {
    return tf.math.div(tf.constant(ROOT_OF_TWO_BY_PI), scaled);
  }

  /** Adds the density at d by {@code P(Z <= d)}. */
  Operand<TFloat32> hazardWithin() {
    return tf.math.div(
        tf.math.mul(tf.constant(ROOT_OF_TWO_BY_PI / 2), bell),
        tf.math.sub(tf.constant(1f), beyond()));
  }

  /** Adds {@code P(Z <= x)} for any x, exact to 1e-6 of itself where it is small. */
  static Operand<TFloat32> cumulative(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> tail = new NormalTail(tf, tf.math.abs(x)).beyond();
    return tf.select(tf.math.less(x, tf.constant(0f)), tail, tf.math.sub(tf.constant(1f), tail));
  }
}
