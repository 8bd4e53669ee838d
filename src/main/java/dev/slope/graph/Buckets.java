package dev.slope.graph;

import dev.slope.features.FittedFeature;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Finds the bucket of a number. */
final class Buckets {
  private Buckets() {}

  /**
   * Adds the bucket of each number.
   *
   * @param numbers of any shape
   * @return its place in the order of the feature's inputs; NaN where the row has no prediction
   */
  static <T extends TFloating> Operand<T> places(
      Ops tf, FittedFeature.Bucketized feature, Operand<T> numbers) {
    Operand<TBool> missing = tf.math.notEqual(numbers, numbers);
    boolean fills = !feature.indicator() && !Float.isNaN(feature.fill());
    Operand<T> filled =
        fills
            ? tf.select(missing, Constants.scalar(tf, feature.fill(), numbers), numbers)
            : numbers;
    Operand<T> place = tf.dtypes.cast(of(tf, feature.boundaries(), filled), numbers.type());
    Operand<TBool> finite =
        tf.math.lessEqual(tf.math.abs(filled), Constants.scalar(tf, Float.MAX_VALUE, numbers));
    Operand<T> known = tf.select(finite, place, Constants.scalar(tf, Double.NaN, numbers));
    return feature.indicator()
        ? tf.select(missing, Constants.scalar(tf, feature.boundaries().size() + 1, numbers), known)
        : known;
  }

  /**
   * Adds how many boundaries a value is not below, by bisection: {@code log2(boundaries)} steps
   * that each look one boundary up, so that ten thousand of them take no more memory than one.
   * Numbers are compared in float32, in which models are served.
   *
   * @param boundaries ascending
   * @param values of any shape; NaN and infinity are in any bucket
   */
  static <T extends TFloating> Operand<TInt32> of(
      Ops tf, List<Float> boundaries, Operand<T> values) {
    Operand<TFloat32> compared = Constants.float32(tf, values);
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
            tf.math.greaterEqual(compared, tf.constant(padded[half - 1])),
            tf.constant(half),
            tf.constant(0));
    for (int step = half / 2; step > 0; step /= 2) {
      Operand<TFloat32> boundary =
          tf.gather(table, tf.math.add(bucket, tf.constant(step - 1)), tf.constant(0));
      bucket =
          tf.select(
              tf.math.greaterEqual(compared, boundary),
              tf.math.add(bucket, tf.constant(step)),
              bucket);
    }
    return bucket;
  }
}
