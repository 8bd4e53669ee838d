package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.family.TFloating;

/** How a compiled loop multiplies features with weights and with slopes. */
public enum Products {
  /** A matrix product: as fast as memory for many rows. */
  MATRIX {
    @Override
    <T extends TFloating> Operand<T> ofColumns(Ops tf, Operand<T> features, Operand<T> weights) {
      return tf.linalg.matMul(features, weights);
    }

    @Override
    <T extends TFloating> Operand<T> ofRows(Ops tf, Operand<T> features, Operand<T> slopes) {
      return tf.linalg.matMul(features, slopes, MatMul.transposeA(true));
    }
  },
  /**
   * Multiply and sum, for one output: XLA fuses both with what comes before and after. Measured for
   * 1,000,000 rows of 32 columns in batches of 256: 25 ms against 73 ms.
   */
  FUSED {
    @Override
    <T extends TFloating> Operand<T> ofColumns(Ops tf, Operand<T> features, Operand<T> weights) {
      long inputs = weights.shape().get(0);
      Operand<T> row = tf.reshape(weights, tf.constant(new long[] {1, inputs}));
      Operand<T> scores = tf.sum(tf.math.mul(features, row), tf.constant(1));
      return tf.reshape(scores, tf.constant(new long[] {features.shape().get(0), 1}));
    }

    @Override
    <T extends TFloating> Operand<T> ofRows(Ops tf, Operand<T> features, Operand<T> slopes) {
      Operand<T> sums = tf.sum(tf.math.mul(features, slopes), tf.constant(0));
      return tf.reshape(sums, tf.constant(new long[] {features.shape().get(1), 1}));
    }
  },
  /**
   * A matrix product with packed rows, of which the features come first: multiplying all of a row
   * costs less than to copy a part of each.
   */
  PACKED {
    @Override
    <T extends TFloating> Operand<T> ofColumns(Ops tf, Operand<T> packed, Operand<T> weights) {
      int others = Math.toIntExact(packed.shape().get(1) - weights.shape().get(0));
      Operand<T> nothing =
          tf.zeros(tf.constant(new long[] {others, weights.shape().get(1)}), weights.type());
      return tf.linalg.matMul(packed, tf.concat(List.of(weights, nothing), tf.constant(0)));
    }

    @Override
    <T extends TFloating> Operand<T> ofRows(Ops tf, Operand<T> packed, Operand<T> slopes) {
      return tf.linalg.matMul(packed, slopes, MatMul.transposeA(true));
    }
  };

  /** Beyond so many rows the matrix product is faster. */
  private static final long MOST_FUSED_ROWS = 4096;

  /** The faster form for a step over some rows. */
  public static Products of(long rows, int outputs) {
    return outputs == 1 && rows <= MOST_FUSED_ROWS ? FUSED : MATRIX;
  }

  /** Adds {@code X W}, {@code [rows, outputs]}. */
  abstract <T extends TFloating> Operand<T> ofColumns(
      Ops tf, Operand<T> features, Operand<T> weights);

  /** Adds {@code X' S}, {@code [inputs, outputs]}; more rows where there are more columns. */
  abstract <T extends TFloating> Operand<T> ofRows(Ops tf, Operand<T> features, Operand<T> slopes);
}
