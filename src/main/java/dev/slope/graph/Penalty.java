package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What large weights cost: {@code l1 * |W|_1 + l2 / 2 * |W|_2^2}. Intercepts cost nothing.
 *
 * @param l1 the factor of the sum of absolute weights; 0 for none
 * @param l2 the factor of half the sum of squared weights; 0 for none
 */
public record Penalty(double l1, double l2) {
  /** No penalty. */
  public static final Penalty NONE = new Penalty(0, 0);

  /** The loss with the penalty added; without a penalty it adds no op. */
  <T extends TFloating> Operand<T> addTo(Ops tf, Operand<T> loss, Operand<T> weights) {
    Operand<T> total = loss;
    if (l1 != 0) {
      total =
          tf.math.add(
              total, tf.math.mul(Constants.scalar(tf, l1, weights), sum(tf, tf.math.abs(weights))));
    }
    if (l2 != 0) {
      total =
          tf.math.add(
              total,
              tf.math.mul(Constants.scalar(tf, l2 / 2, weights), sum(tf, tf.math.square(weights))));
    }
    return total;
  }

  /** The gradient of the smooth part: l1 belongs to the proximal step. */
  <T extends TFloating> Operand<T> addGradientTo(Ops tf, Operand<T> gradient, Operand<T> weights) {
    return l2 == 0
        ? gradient
        : tf.math.add(gradient, tf.math.mul(Constants.scalar(tf, l2, weights), weights));
  }

  private static <T extends TFloating> Operand<T> sum(Ops tf, Operand<T> values) {
    return tf.sum(values, tf.constant(new int[] {0, 1}));
  }
}
