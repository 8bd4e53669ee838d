package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

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
record ReduceOnPlateau(double factor, int patienceEpochs, double minDelta, double minRate)
    implements LearningRateSchedule {
  @Override
  public double[] initialState() {
    return new double[] {Double.POSITIVE_INFINITY, 0, 1};
  }

  @Override
  public <T extends TFloating> Operand<T> rate(
      Ops tf, Operand<T> base, Operand<T> epochsDone, List<Operand<T>> state) {
    return tf.math.maximum(
        tf.math.mul(base, state.get(2)),
        tf.math.minimum(base, Constants.scalar(tf, minRate, base)));
  }

  @Override
  public <T extends TFloating> List<Operand<T>> after(
      Ops tf, List<Operand<T>> state, Operand<T> lossOfEpoch) {
    Operand<T> best = state.get(0);
    Operand<TBool> improved =
        tf.math.less(lossOfEpoch, tf.math.sub(best, Constants.scalar(tf, minDelta, lossOfEpoch)));
    Operand<T> none = Constants.scalar(tf, 0, lossOfEpoch);
    Operand<T> waited =
        tf.select(improved, none, tf.math.add(state.get(1), Constants.scalar(tf, 1, lossOfEpoch)));
    Operand<TBool> reduce =
        tf.math.greaterEqual(waited, Constants.scalar(tf, patienceEpochs, lossOfEpoch));
    Operand<T> product = state.get(2);
    return List.of(
        tf.select(improved, lossOfEpoch, best),
        tf.select(reduce, none, waited),
        tf.select(
            reduce, tf.math.mul(product, Constants.scalar(tf, factor, lossOfEpoch)), product));
  }
}
