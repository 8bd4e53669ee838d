package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * {@code base * decay_rate ^ (epochs / decay_epochs)}, as Keras's ExponentialDecay.
 *
 * @param decayEpochs above 0
 * @param decayRate above 0
 * @param staircase whether the exponent is rounded down
 */
record ExponentialDecay(double decayEpochs, double decayRate, boolean staircase)
    implements LearningRateSchedule {
  @Override
  public <T extends TFloating> Operand<T> rate(
      Ops tf, Operand<T> base, Operand<T> epochsDone, List<Operand<T>> state) {
    Operand<T> exponent = tf.math.div(epochsDone, Constants.scalar(tf, decayEpochs, base));
    return tf.math.mul(
        base,
        tf.math.pow(
            Constants.scalar(tf, decayRate, base), staircase ? tf.math.floor(exponent) : exponent));
  }
}
