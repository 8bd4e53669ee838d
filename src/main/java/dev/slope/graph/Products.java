package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/** How a compiled loop multiplies features with weights and with slopes. */
public enum Products {
  /** A matrix product: as fast as memory for many rows. */
  MATRIX {
    @Override
    Operand<TFloat32> ofColumns(Ops tf, Operand<TFloat32> features, Operand<TFloat32> weights) {
      return tf.linalg.matMul(features, weights);
    }

    @Override
    Operand<TFloat32> ofRows(Ops tf, Operand<TFloat32> features, Operand<TFloat32> slopes) {
      return tf.linalg.matMul(features, slopes, MatMul.transposeA(true));
    }
  },
  /**
   * Multiply and sum, for one output: XLA fuses both with what comes before and after. Measured for
   * 1,000,000 rows of 32 columns in batches of 256: 25 ms against 73 ms.
   */
  FUSED {
    @Override
    Operand<TFloat32> ofColumns(Ops tf, Operand<TFloat32> features, Operand<TFloat32> weights) {
      long inputs = weights.shape().get(0);
      Operand<TFloat32> row = tf.reshape(weights, tf.constant(new long[] {1, inputs}));
      Operand<TFloat32> scores = tf.sum(tf.math.mul(features, row), tf.constant(1));
      return tf.reshape(scores, tf.constant(new long[] {features.shape().get(0), 1}));
    }

    @Override
    Operand<TFloat32> ofRows(Ops tf, Operand<TFloat32> features, Operand<TFloat32> slopes) {
      Operand<TFloat32> sums = tf.sum(tf.math.mul(features, slopes), tf.constant(0));
      return tf.reshape(sums, tf.constant(new long[] {features.shape().get(1), 1}));
    }
  },
  /**
   * A matrix product with packed rows, of which the features come first: multiplying all of a row
   * costs less than to copy a part of each.
   */
  PACKED {
    @Override
    Operand<TFloat32> ofColumns(Ops tf, Operand<TFloat32> packed, Operand<TFloat32> weights) {
      int others = Math.toIntExact(packed.shape().get(1) - weights.shape().get(0));
      Operand<TFloat32> nothing =
          tf.zeros(tf.constant(new long[] {others, weights.shape().get(1)}), TFloat32.class);
      return tf.linalg.matMul(packed, tf.concat(List.of(weights, nothing), tf.constant(0)));
    }

    @Override
    Operand<TFloat32> ofRows(Ops tf, Operand<TFloat32> packed, Operand<TFloat32> slopes) {
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
  abstract Operand<TFloat32> ofColumns(
      Ops tf, Operand<TFloat32> features, Operand<TFloat32> weights);

  /** Adds {@code X' S}, {@code [inputs, outputs]}; more rows where there are more columns. */
  abstract Operand<TFloat32> ofRows(Ops tf, Operand<TFloat32> features, Operand<TFloat32> slopes);
}
