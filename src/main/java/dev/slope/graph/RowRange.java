package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** Some neighbouring rows of a matrix, outside compiled functions. */
public final class RowRange {
  /**
   * TensorFlow hands out a part of a vector without copying it where the part begins at 64 bytes, a
   * part of a matrix only where each of its rows does; else it copies row by row, which for labels
   * took a seventh of an epoch. So a matrix is cut as a vector, at multiples of so many rows, which
   * are multiples of 64 bytes whatever the columns.
   */
  public static final int ALIGNED_ROWS = 16;

  private RowRange() {}

  /**
   * Rows from {@code first} on, {@code [count, columns]}.
   *
   * @param matrix {@code [rows, columns]}
   * @param first best a multiple of {@link #ALIGNED_ROWS}
   */
  public static <T extends TFloating> Operand<T> of(
      Ops tf, Operand<T> matrix, Operand<TInt64> first, Operand<TInt64> count, long columns) {
    Operand<TInt64> width = tf.constant(columns);
    Operand<T> values = tf.reshape(matrix, tf.array(-1L));
    Operand<T> range =
        tf.slice(
            values,
            tf.stack(List.of(tf.math.mul(first, width))),
            tf.stack(List.of(tf.math.mul(count, width))));
    return tf.reshape(range, tf.stack(List.of(count, width)));
  }
}
