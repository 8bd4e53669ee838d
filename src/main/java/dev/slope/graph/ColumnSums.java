package dev.slope.graph;

import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/** Sums over the rows of a matrix, column by column. */
final class ColumnSums {
  private ColumnSums() {}

  /**
   * Adds the sums, as a product: XLA adds columns up one after another, and multiplies them side by
   * side.
   *
   * @param values {@code [rows, columns]}
   * @return {@code [columns]}
   */
  static <T extends TFloating> Operand<T> of(Ops tf, Operand<T> values) {
    Operand<T> ones =
        tf.fill(
            tf.constant(new long[] {1, values.shape().get(0)}), Constants.scalar(tf, 1, values));
    return tf.reshape(
        tf.linalg.matMul(ones, values), tf.constant(new long[] {values.shape().get(1)}));
  }

  /** Adds values where they count; 0, whatever they are, elsewhere. */
  static <T extends TFloating> Operand<T> counted(
      Ops tf, Operand<T> values, @Nullable Operand<TBool> counts) {
    return counts == null ? values : tf.select(counts, values, Constants.scalar(tf, 0, values));
  }

  /** Adds what becomes of the upper half of the rows and the lower one, an even number. */
  static <T extends TFloating> Operand<T> halved(
      Ops tf, Operand<T> values, BinaryOperator<Operand<T>> joined) {
    long half = values.shape().get(0) / 2;
    long columns = values.shape().get(1);
    return joined.apply(
        tf.slice(values, tf.array(0L, 0L), tf.array(half, columns)),
        tf.slice(values, tf.array(half, 0L), tf.array(half, columns)));
  }
}
