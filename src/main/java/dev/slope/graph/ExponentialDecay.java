package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code base * decay_rate ^ (epochs / decay_epochs)}, as Keras's ExponentialDecay.
 *
 * @param decayEpochs above 0
 * @param decayRate above 0
 * @param staircase whether the exponent is rounded down
 */
record ExponentialDecay(float decayEpochs, float decayRate, boolean staircase)
    implements LearningRateSchedule {
  @Override
  public Operand<TFloat32> rate(
      Ops tf, Operand<TFloat32> base, Operand<TFloat32> epochsDone, List<Operand<TFloat32>> state) {
    Operand<TFloat32> exponent = tf.math.div(epochsDone, tf.constant(decayEpochs));
    return tf.math.mul(
        base, tf.math.pow(tf.constant(decayRate), staircase ? tf.math.floor(exponent) : exponent));
  }
}
