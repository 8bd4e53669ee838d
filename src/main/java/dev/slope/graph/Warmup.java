package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code base * (1 + epochs) / (1 + warmup_epochs)}, and from {@code warmup_epochs} on another
 * schedule, which starts there: the first epoch already moves, and the join is continuous.
 *
 * @param epochs above 0
 * @param then the schedule after it
 */
record Warmup(float epochs, LearningRateSchedule then) implements LearningRateSchedule {
  @Override
  public float[] initialState() {
    return then.initialState();
  }

  @Override
  public Operand<TFloat32> rate(
      Ops tf, Operand<TFloat32> base, Operand<TFloat32> epochsDone, List<Operand<TFloat32>> state) {
    Operand<TFloat32> end = tf.constant(epochs);
    Operand<TFloat32> climbed =
        tf.math.div(tf.math.add(epochsDone, tf.constant(1f)), tf.constant(1 + epochs));
    Operand<TFloat32> since = tf.math.maximum(tf.math.sub(epochsDone, end), tf.constant(0f));
    return tf.select(
        tf.math.less(epochsDone, end),
        tf.math.mul(base, climbed),
        then.rate(tf, base, since, state));
  }

  @Override
  public List<Operand<TFloat32>> after(
      Ops tf, List<Operand<TFloat32>> state, Operand<TFloat32> lossOfEpoch) {
    return then.after(tf, state, lossOfEpoch);
  }
}
