package dev.slope.graph;

import dev.slope.features.FittedFeatures;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** From raw columns to scores: what a model serves. */
public final class ForwardPass {
  private ForwardPass() {}

  /**
   * Adds the ops of the whole model: its encoding, then its linear function.
   *
   * @param rawMatrix the raw columns, {@code [rows, columns]}
   * @param weights {@code [inputs, outputs]}
   * @param intercepts {@code [outputs]}
   * @return {@code [rows, outputs]}
   */
  public static Operand<TFloat32> score(
      Ops tf,
      FittedFeatures features,
      Operand<TFloat32> rawMatrix,
      Operand<TFloat32> weights,
      Operand<TFloat32> intercepts) {
    return LinearModel.score(
        tf, FeatureEncoding.encode(tf, features, rawMatrix), weights, intercepts);
  }
}
