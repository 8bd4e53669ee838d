package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Moves weights towards zero, the small ones onto it, and then into their bounds.
 *
 * @param l1 the factor of the sum of magnitudes
 * @param low the least weight of each input; empty where none is bounded
 * @param high the largest weight of each input; as long
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PenaltyAndBounds(float l1, float[] low, float[] high) implements Proximal {
  @Override
  public Operand<TFloat32> apply(
      Ops tf, int parameter, Operand<TFloat32> value, Operand<TFloat32> stepSize) {
    if (parameter != 0) {
      return value;
    }
    Operand<TFloat32> moved = value;
    if (l1 != 0) {
      Operand<TFloat32> threshold = tf.math.mul(stepSize, tf.constant(l1));
      // A value less itself is +0; the usual form, sign(x) * max(|x| - t, 0), gives -0 as well.
      moved = tf.math.sub(value, clip(tf, value, tf.math.neg(threshold), threshold));
    }
    return low.length == 0 ? moved : clip(tf, moved, column(tf, low), column(tf, high));
  }

  private static Operand<TFloat32> clip(
      Ops tf, Operand<TFloat32> value, Operand<TFloat32> least, Operand<TFloat32> most) {
    return tf.math.maximum(least, tf.math.minimum(most, value));
  }

  /** The same bound for every output. */
  private static Operand<TFloat32> column(Ops tf, float[] values) {
    return tf.constant(Shape.of(values.length, 1), DataBuffers.of(values));
  }
}
