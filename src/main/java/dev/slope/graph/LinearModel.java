package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The linear function itself. */
public final class LinearModel {
  private LinearModel() {}

  /**
   * Adds {@code x W + b}.
   *
   * @param inputs x, {@code [rows, inputs]}
   * @param weights W, {@code [inputs, outputs]}
   * @param intercepts b, {@code [outputs]}
   * @return {@code [rows, outputs]}
   */
  public static Operand<TFloat32> score(
      Ops tf, Operand<TFloat32> inputs, Operand<TFloat32> weights, Operand<TFloat32> intercepts) {
    return tf.math.add(tf.linalg.matMul(inputs, weights), intercepts);
  }
}
