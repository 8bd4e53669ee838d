package dev.slope.graph;

import dev.slope.config.ModelConfig;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What training minimises. */
public sealed interface Loss permits SquaredError {

  /**
   * Adds the loss as a scalar, differentiable by TensorFlow's own gradients.
   *
   * @param scores {@code [rows, outputs]}, a static shape
   * @param labels as {@code scores}
   */
  Operand<TFloat32> of(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels);

  /** The loss that fits a model. */
  static Loss of(ModelConfig model) {
    if (model instanceof ModelConfig.LinearRegression) {
      return new SquaredError();
    }
    throw new AssertionError("no loss for " + model.getClass().getSimpleName());
  }
}
