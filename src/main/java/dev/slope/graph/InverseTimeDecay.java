package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * {@code base / (1 + decay_rate * epochs / decay_epochs)}, as Keras's InverseTimeDecay.
 *
 * @param decayEpochs above 0
 * @param decayRate above 0
 * @param staircase whether the quotient of epochs is rounded down
 */
record InverseTimeDecay(double decayEpochs, double decayRate, boolean staircase)
    implements LearningRateSchedule {
  @Override
  public <T extends TFloating> Operand<T> rate(
      Ops tf, Operand<T> base, Operand<T> epochsDone, List<Operand<T>> state) {
    Operand<T> quotient = tf.math.div(epochsDone, Constants.scalar(tf, decayEpochs, base));
    Operand<T> time = staircase ? tf.math.floor(quotient) : quotient;
    Operand<T> one = Constants.scalar(tf, 1, base);
    return tf.math.div(
        base, tf.math.add(one, tf.math.mul(Constants.scalar(tf, decayRate, base), time)));
  }
}
