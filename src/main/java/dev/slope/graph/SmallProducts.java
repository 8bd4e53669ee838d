package dev.slope.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * Matrix products so small that none is ever split among cores, which would change its last bits
 * with their number.
 *
 * <p>XLA has products of two matrices computed by Eigen on the CPU, and Eigen splits what it
 * reckons to take more than 210,000 cycles (TensorCostModel: 100,000 to start and 100,000 a
 * thread), a multiplication taking half a cycle to one for each vector of numbers.
 */
final class SmallProducts {
  /** So many multiplications of float32 never take so long. */
  private static final long MOST = 1L << 19;

  private SmallProducts() {}

  /** The most rows that a product of so many columns on both sides may have; a power of 2. */
  static long rows(long columns, long otherColumns, Class<? extends TFloating> type) {
    return Long.highestOneBit(Math.max(1, most(type) / (columns * otherColumns)));
  }

  /**
   * Adds {@code A B} of any size, cut into small products.
   *
   * @param left {@code [rows, inner]}
   * @param right {@code [inner, columns]}
   */
  static <T extends TFloating> Operand<T> matMul(Ops tf, Operand<T> left, Operand<T> right) {
    long rows = left.shape().get(0);
    long inner = left.shape().get(1);
    long columns = right.shape().get(1);
    long side = Math.max(8, (long) Math.sqrt((double) most(left.type()) / Math.max(1, columns)));
    if (columns == 1 || rows * inner <= side * side) {
      return tf.linalg.matMul(left, right);
    }
    List<Operand<T>> parts = new ArrayList<>();
    for (long row = 0; row < rows; row += side) {
      long height = Math.min(side, rows - row);
      List<Operand<T>> terms = new ArrayList<>();
      for (long at = 0; at < inner; at += side) {
        long width = Math.min(side, inner - at);
        terms.add(
            tf.linalg.matMul(
                tf.slice(left, tf.array(row, at), tf.array(height, width)),
                tf.slice(right, tf.array(at, 0L), tf.array(width, columns))));
      }
      parts.add(tf.math.addN(terms));
    }
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(0));
  }

  private static long most(Class<? extends TFloating> type) {
    return type == TFloat64.class ? MOST / 2 : MOST;
  }
}
