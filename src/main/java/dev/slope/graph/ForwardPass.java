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
    SparseRows sparse = SparseRows.of(features);
    if (sparse == null) {
      return LinearModel.score(
          tf, FeatureEncoding.encode(tf, features, rawMatrix), weights, intercepts);
    }
    FeatureEncoding.Sparse inputs = FeatureEncoding.encodeSparse(tf, features, rawMatrix);
    Operand<TFloat32> there =
        tf.expandDims(
            tf.dtypes.cast(tf.math.greaterEqual(inputs.places(), tf.constant(0)), TFloat32.class),
            tf.constant(2));
    Operand<TFloat32> gathered =
        tf.gather(weights, tf.math.maximum(inputs.places(), tf.constant(0)), tf.constant(0));
    Operand<TFloat32> scores =
        tf.math.add(tf.sum(tf.math.mul(gathered, there), tf.constant(1)), intercepts);
    return inputs.dense() == null
        ? scores
        : tf.math.add(
            scores,
            tf.linalg.matMul(
                inputs.dense(), tf.gather(weights, sparse.denseRows(tf), tf.constant(0))));
  }
}
