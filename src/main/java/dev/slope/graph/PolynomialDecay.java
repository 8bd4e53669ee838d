package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code (base - end) * (1 - epochs / decay_epochs) ^ power + end} until its end, as Keras's
 * PolynomialDecay.
 *
 * @param decayEpochs above 0
 * @param endRate at least 0
 * @param power above 0
 */
record PolynomialDecay(float decayEpochs, float endRate, float power)
    implements LearningRateSchedule {
  @Override
  public Operand<TFloat32> rate(
      Ops tf, Operand<TFloat32> base, Operand<TFloat32> epochsDone, List<Operand<TFloat32>> state) {
    Operand<TFloat32> last = tf.constant(decayEpochs);
    Operand<TFloat32> end = tf.constant(endRate);
    Operand<TFloat32> part = tf.math.div(tf.math.minimum(epochsDone, last), last);
    Operand<TFloat32> left = tf.math.pow(tf.math.sub(tf.constant(1f), part), tf.constant(power));
    return tf.math.add(tf.math.mul(tf.math.sub(base, end), left), end);
  }
}
