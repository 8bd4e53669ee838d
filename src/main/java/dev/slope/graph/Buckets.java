package dev.slope.graph;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Finds the bucket of a number. */
final class Buckets {
  private Buckets() {}

  /**
   * Adds how many boundaries a value is not below, by bisection: {@code log2(boundaries)} steps
   * that each look one boundary up, so that ten thousand of them take no more memory than one.
   *
   * @param boundaries ascending
   * @param values of any shape; NaN and infinity are in any bucket
   */
  static Operand<TInt32> of(Ops tf, List<Float> boundaries, Operand<TFloat32> values) {
    int half = Integer.highestOneBit(boundaries.size());
    // Boundaries that no finite number reaches make it 2^k - 1, which halves evenly.
    float[] padded = new float[2 * half - 1];
    Arrays.fill(padded, Float.POSITIVE_INFINITY);
    for (int i = 0; i < boundaries.size(); i++) {
      padded[i] = boundaries.get(i);
    }
    Operand<TFloat32> table = tf.constant(padded);
    Operand<TInt32> bucket =
        tf.select(
            tf.math.greaterEqual(values, tf.constant(padded[half - 1])),
            tf.constant(half),
            tf.constant(0));
    for (int step = half / 2; step > 0; step /= 2) {
      Operand<TFloat32> boundary =
          tf.gather(table, tf.math.add(bucket, tf.constant(step - 1)), tf.constant(0));
      bucket =
          tf.select(
              tf.math.greaterEqual(values, boundary),
              tf.math.add(bucket, tf.constant(step)),
              bucket);
    }
    return bucket;
  }
}
