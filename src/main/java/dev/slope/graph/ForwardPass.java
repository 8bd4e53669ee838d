package dev.slope.graph;

import dev.slope.features.FittedFeatures;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** From coded columns to scores: what a model serves. */
public final class ForwardPass {
  private ForwardPass() {}

  /**
   * Adds the ops of the whole model: its encoding, then its linear function. Levels look their
   * weights up, so that a row costs the same for any number of them.
   *
   * @param coded the columns of the features, {@code [rows, columns]}
   * @param weights {@code [inputs, outputs]}
   * @param intercepts {@code [outputs]}
   * @return {@code [rows, outputs]}
   */
  public static Operand<TFloat32> score(
      Ops tf,
      FittedFeatures features,
      Operand<TFloat32> coded,
      Operand<TFloat32> weights,
      Operand<TFloat32> intercepts) {
    FeatureEncoding.Sparse inputs = FeatureEncoding.encodeSparse(tf, features, coded);
    if (inputs.places() == null) {
      Operand<TFloat32> dense = inputs.dense();
      if (dense == null) {
        throw new IllegalArgumentException("a model must have features");
      }
      return LinearModel.score(tf, dense, weights, intercepts);
    }
    Operand<TFloat32> score =
        tf.math.add(tf.reduceSum(looked(tf, weights, inputs.places()), tf.constant(1)), intercepts);
    if (inputs.dense() != null) {
      Operand<TFloat32> denseWeights = rows(tf, weights, inputs.denseRows());
      score = tf.math.add(tf.linalg.matMul(inputs.dense(), denseWeights), score);
    }
    return inputs.noPrediction() == null ? score : tf.math.add(score, inputs.noPrediction());
  }

  /**
   * Adds the weights of rows of the weight matrix, 0 where there is none.
   *
   * @param places {@code [rows, blocks]}, -1 where there is none
   * @return {@code [rows, blocks, outputs]}
   */
  static Operand<TFloat32> looked(Ops tf, Operand<TFloat32> weights, Operand<TInt32> places) {
    Operand<TInt32> none = tf.constant(0);
    Operand<TFloat32> found = tf.gather(weights, tf.math.maximum(places, none), none);
    Operand<TFloat32> known = tf.dtypes.cast(tf.math.greaterEqual(places, none), TFloat32.class);
    return tf.math.mul(found, tf.expandDims(known, tf.constant(2)));
  }

  /** Some rows of the weight matrix, ascending; neighbours by a slice, which costs least. */
  static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> weights, List<Integer> rows) {
    int first = rows.get(0);
    int last = rows.get(rows.size() - 1);
    return last - first + 1 == rows.size()
        ? tf.slice(weights, tf.array(first, 0), tf.array(rows.size(), -1))
        : tf.gather(
            weights,
            tf.constant(rows.stream().mapToInt(Integer::intValue).toArray()),
            tf.constant(0));
  }
}
