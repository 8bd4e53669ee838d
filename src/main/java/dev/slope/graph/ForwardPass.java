package dev.slope.graph;

import dev.slope.features.FittedFeatures;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

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
  public static <T extends TFloating> Operand<T> score(
      Ops tf,
      FittedFeatures features,
      Operand<T> coded,
      Operand<T> weights,
      Operand<T> intercepts) {
    FeatureEncoding.Sparse<T> inputs = FeatureEncoding.encodeSparse(tf, features, coded);
    if (inputs.places() == null) {
      Operand<T> dense = inputs.dense();
      if (dense == null) {
        throw new IllegalArgumentException("a model must have features");
      }
      return LinearModel.score(tf, dense, weights, intercepts);
    }
    Operand<T> score =
        tf.math.add(tf.reduceSum(looked(tf, weights, inputs.places()), tf.constant(1)), intercepts);
    if (inputs.dense() != null) {
      Operand<T> denseWeights = rows(tf, weights, inputs.denseRows());
      score = tf.math.add(tf.linalg.matMul(inputs.dense(), denseWeights), score);
    }
    return inputs.noPrediction() == null ? score : tf.math.add(score, inputs.noPrediction());
  }

  /**
   * Adds what each feature contributes to the scores: its inputs times their weights.
   *
   * @param coded the columns of the features, {@code [rows, columns]}
   * @param weights {@code [inputs, outputs]}
   * @return {@code [rows, features, outputs]}
   */
  public static <T extends TFloating> Operand<T> contributions(
      Ops tf, FittedFeatures features, Operand<T> coded, Operand<T> weights) {
    List<Operand<T>> finished = new ArrayList<>();
    Operand<T> begun = null;
    int row = 0;
    for (EncodedPart<T> part : FeatureParts.of(tf, features, coded)) {
      Operand<T> own = contributions(tf, part, weights, row);
      Operand<T> sum = begun == null ? own : tf.math.add(begun, own);
      if (part.unfinished()) {
        begun = sum;
      } else {
        finished.add(sum);
        begun = null;
      }
      row += part.count();
    }
    return finished.size() == 1 ? finished.get(0) : tf.concat(finished, tf.constant(1));
  }

  /**
   * Of a part whose inputs begin at a row of the weight matrix: {@code [rows, features, outputs]}.
   */
  private static <T extends TFloating> Operand<T> contributions(
      Ops tf, EncodedPart<T> part, Operand<T> weights, int row) {
    if (part instanceof EncodedPart.Levels<T> levels) {
      Operand<T> found = looked(tf, weights, levels.rows(tf, row));
      return levels.optional()
          ? tf.math.add(found, tf.expandDims(levels.refusals(tf), tf.constant(2)))
          : found;
    }
    if (part instanceof EncodedPart.Values<T> values) {
      Operand<T> own = tf.slice(weights, tf.array(row, 0), tf.array(values.count(), -1));
      return values.features() == 1
          ? tf.expandDims(tf.linalg.matMul(values.operand(), own), tf.constant(1))
          : tf.math.mul(tf.expandDims(values.operand(), tf.constant(2)), own);
    }
    throw new AssertionError("no contributions of " + part.getClass().getSimpleName());
  }

  /**
   * Adds the weights of rows of the weight matrix, 0 where there is none.
   *
   * @param places {@code [rows, blocks]}, -1 where there is none
   * @return {@code [rows, blocks, outputs]}
   */
  static <T extends TFloating> Operand<T> looked(
      Ops tf, Operand<T> weights, Operand<TInt32> places) {
    Operand<TInt32> none = tf.constant(0);
    Operand<T> found = tf.gather(weights, tf.math.maximum(places, none), none);
    Operand<T> known = tf.dtypes.cast(tf.math.greaterEqual(places, none), weights.type());
    return tf.math.mul(found, tf.expandDims(known, tf.constant(2)));
  }

  /** Some rows of the weight matrix, ascending; neighbours by a slice, which costs least. */
  static <T extends TFloating> Operand<T> rows(Ops tf, Operand<T> weights, List<Integer> rows) {
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
