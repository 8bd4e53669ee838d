package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * {@code base * (1 + epochs) / (1 + warmup_epochs)}, and from {@code warmup_epochs} on another
 * schedule, which starts there: the first epoch already moves, and the join is continuous.
 *
 * @param epochs above 0
 * @param then the schedule after it
 */
record Warmup(double epochs, LearningRateSchedule then) implements LearningRateSchedule {
  @Override
  public double[] initialState() {
    return then.initialState();
  }

  @Override
  public <T extends TFloating> Operand<T> rate(
      Ops tf, Operand<T> base, Operand<T> epochsDone, List<Operand<T>> state) {
    Operand<T> end = Constants.scalar(tf, epochs, base);
    Operand<T> climbed =
        tf.math.div(
            tf.math.add(epochsDone, Constants.scalar(tf, 1, base)),
            Constants.scalar(tf, 1 + epochs, base));
    Operand<T> since = tf.math.maximum(tf.math.sub(epochsDone, end), Constants.scalar(tf, 0, base));
    return tf.select(
        tf.math.less(epochsDone, end),
        tf.math.mul(base, climbed),
        then.rate(tf, base, since, state));
  }

  @Override
  public <T extends TFloating> List<Operand<T>> after(
      Ops tf, List<Operand<T>> state, Operand<T> lossOfEpoch) {
    return then.after(tf, state, lossOfEpoch);
  }
}
