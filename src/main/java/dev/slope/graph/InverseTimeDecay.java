package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code base / (1 + decay_rate * epochs / decay_epochs)}, as Keras's InverseTimeDecay.
 *
 * @param decayEpochs above 0
 * @param decayRate above 0
 * @param staircase whether the quotient of epochs is rounded down
 */
record InverseTimeDecay(float decayEpochs, float decayRate, boolean staircase)
    implements LearningRateSchedule {
  @Override
  public Operand<TFloat32> rate(
      Ops tf, Operand<TFloat32> base, Operand<TFloat32> epochsDone, List<Operand<TFloat32>> state) {
    Operand<TFloat32> quotient = tf.math.div(epochsDone, tf.constant(decayEpochs));
    Operand<TFloat32> time = staircase ? tf.math.floor(quotient) : quotient;
    Operand<TFloat32> one = tf.constant(1f);
    return tf.math.div(base, tf.math.add(one, tf.math.mul(tf.constant(decayRate), time)));
  }
}
