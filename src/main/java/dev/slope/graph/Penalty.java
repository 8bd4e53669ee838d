package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What large weights cost: {@code l1 * |W|_1 + l2 / 2 * |W|_2^2}. Intercepts cost nothing.
 *
 * @param l1 the factor of the sum of absolute weights; 0 for none
 * @param l2 the factor of half the sum of squared weights; 0 for none
 */
public record Penalty(float l1, float l2) {
  /** No penalty. */
  public static final Penalty NONE = new Penalty(0, 0);

  /** The loss with the penalty added; without a penalty it adds no op. */
  Operand<TFloat32> addTo(Ops tf, Operand<TFloat32> loss, Operand<TFloat32> weights) {
    Operand<TFloat32> total = loss;
    if (l1 != 0) {
      total = tf.math.add(total, tf.math.mul(tf.constant(l1), sum(tf, tf.math.abs(weights))));
    }
    if (l2 != 0) {
      total =
          tf.math.add(total, tf.math.mul(tf.constant(l2 / 2), sum(tf, tf.math.square(weights))));
    }
    return total;
  }

  /** The gradient of the smooth part: l1 belongs to the proximal step. */
  Operand<TFloat32> addGradientTo(Ops tf, Operand<TFloat32> gradient, Operand<TFloat32> weights) {
    return l2 == 0 ? gradient : tf.math.add(gradient, tf.math.mul(tf.constant(l2), weights));
  }

  private static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> values) {
    return tf.sum(values, tf.constant(new int[] {0, 1}));
  }
}
