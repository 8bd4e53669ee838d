package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The matrix with ones on its diagonal. */
final class Identity {
  private Identity() {}

  /** Adds it as a constant, {@code [size, size]}. */
  static Operand<TFloat32> matrix(Ops tf, int size) {
    float[][] rows = new float[size][size];
    for (int i = 0; i < size; i++) {
      rows[i][i] = 1;
    }
    return tf.constant(rows);
  }
}
