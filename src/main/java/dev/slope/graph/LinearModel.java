package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

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
  public static <T extends TFloating> Operand<T> score(
      Ops tf, Operand<T> inputs, Operand<T> weights, Operand<T> intercepts) {
    return tf.math.add(tf.linalg.matMul(inputs, weights), intercepts);
  }
}
