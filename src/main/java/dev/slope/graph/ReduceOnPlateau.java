package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Multiplies the rate by a factor when the loss has not fallen below its best by {@code minDelta}
 * for {@code patienceEpochs} epochs, down to a least rate, as Keras's ReduceLROnPlateau without
 * cooldown. It remembers the best loss, the epochs without improvement, and the product of the
 * factors so far.
 *
 * @param factor above 0, below 1
 * @param patienceEpochs at least 1
 * @param minDelta at least 0
 * @param minRate at least 0; a base rate below it stays as it is
 */
record ReduceOnPlateau(float factor, int patienceEpochs, float minDelta, float minRate)
    implements LearningRateSchedule {
  @Override
  public float[] initialState() {
    return new float[] {Float.POSITIVE_INFINITY, 0, 1};
  }

  @Override
  public Operand<TFloat32> rate(
      Ops tf, Operand<TFloat32> base, Operand<TFloat32> epochsDone, List<Operand<TFloat32>> state) {
    return tf.math.maximum(
        tf.math.mul(base, state.get(2)), tf.math.minimum(base, tf.constant(minRate)));
  }

  @Override
  public List<Operand<TFloat32>> after(
      Ops tf, List<Operand<TFloat32>> state, Operand<TFloat32> lossOfEpoch) {
    Operand<TFloat32> best = state.get(0);
    Operand<TBool> improved = tf.math.less(lossOfEpoch, tf.math.sub(best, tf.constant(minDelta)));
    Operand<TFloat32> none = tf.constant(0f);
    Operand<TFloat32> waited =
        tf.select(improved, none, tf.math.add(state.get(1), tf.constant(1f)));
    Operand<TBool> reduce = tf.math.greaterEqual(waited, tf.constant((float) patienceEpochs));
    Operand<TFloat32> product = state.get(2);
    return List.of(
        tf.select(improved, lossOfEpoch, best),
        tf.select(reduce, none, waited),
        tf.select(reduce, tf.math.mul(product, tf.constant(factor)), product));
  }
}
