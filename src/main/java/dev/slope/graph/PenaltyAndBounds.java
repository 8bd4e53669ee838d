package dev.slope.graph;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Moves weights towards zero, the small ones onto it, and then into their bounds.
 *
 * @param l1 the factor of the sum of magnitudes, one a column or one for all
 * @param low the least weight of each input; empty where none is bounded
 * @param high the largest weight of each input; as long
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PenaltyAndBounds(double[] l1, double[] low, double[] high) implements Proximal {
  @Override
  public <T extends TFloating> Operand<T> apply(
      Ops tf, int parameter, Operand<T> value, Operand<T> stepSize) {
    if (parameter != 0) {
      return value;
    }
    Operand<T> moved = value;
    if (Arrays.stream(l1).anyMatch(factor -> factor != 0)) {
      Operand<T> factor =
          l1.length == 1 ? Constants.scalar(tf, l1[0], value) : Constants.vector(tf, l1, value);
      Operand<T> threshold = tf.math.mul(stepSize, factor);
      // A value less itself is +0; the usual form, sign(x) * max(|x| - t, 0), gives -0 as well.
      moved = tf.math.sub(value, clip(tf, value, tf.math.neg(threshold), threshold));
    }
    return low.length == 0
        ? moved
        : clip(tf, moved, Constants.column(tf, low, value), Constants.column(tf, high, value));
  }

  private static <T extends TFloating> Operand<T> clip(
      Ops tf, Operand<T> value, Operand<T> least, Operand<T> most) {
    return tf.math.maximum(least, tf.math.minimum(most, value));
  }
}
