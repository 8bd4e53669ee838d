package dev.slope.graph;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What large weights cost, each column {@code w} by itself: {@code l1 * |w|_1 + l2 / 2 * |w|_2^2}.
 * Intercepts cost nothing.
 *
 * @param l1 the factor of each column's sum of absolute weights; 0 for none
 * @param l2 the factor of half of each column's sum of squared weights; 0 for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ColumnwisePenalty(double[] l1, double[] l2) {
  public ColumnwisePenalty {
    l1 = l1.clone();
    l2 = l2.clone();
    if (l1.length != l2.length) {
      throw new IllegalArgumentException(
          "there must be as many l2 as l1, %d, but there were %d".formatted(l1.length, l2.length));
    }
  }

  /**
   * The losses with the penalty added; without a penalty it adds no op.
   *
   * @param losses {@code [columns]}
   * @param weights {@code [inputs, columns]}
   */
  <T extends TFloating> Operand<T> addTo(Ops tf, Operand<T> losses, Operand<T> weights) {
    return addL2To(tf, addL1To(tf, losses, weights), weights);
  }

  /** The losses with the part of l1 added. */
  <T extends TFloating> Operand<T> addL1To(Ops tf, Operand<T> losses, Operand<T> weights) {
    return isNothing(l1)
        ? losses
        : tf.math.add(
            losses, tf.math.mul(Constants.vector(tf, l1, weights), sums(tf, tf.math.abs(weights))));
  }

  /**
   * The losses with the part of l2 added.
   *
   * @param weights they themselves, or how far they are from where the penalty is counted from
   */
  <T extends TFloating> Operand<T> addL2To(Ops tf, Operand<T> losses, Operand<T> weights) {
    if (isNothing(l2)) {
      return losses;
    }
    double[] half = Arrays.stream(l2).map(factor -> factor / 2).toArray();
    return tf.math.add(
        losses,
        tf.math.mul(Constants.vector(tf, half, weights), sums(tf, tf.math.square(weights))));
  }

  /** The gradient of the smooth part: l1 belongs to the proximal step. */
  <T extends TFloating> Operand<T> addGradientTo(Ops tf, Operand<T> gradient, Operand<T> weights) {
    return isNothing(l2)
        ? gradient
        : tf.math.add(gradient, tf.math.mul(Constants.vector(tf, l2, weights), weights));
  }

  private static boolean isNothing(double[] factors) {
    return Arrays.stream(factors).allMatch(factor -> factor == 0);
  }

  private static <T extends TFloating> Operand<T> sums(Ops tf, Operand<T> values) {
    return tf.sum(values, tf.constant(0));
  }
}
