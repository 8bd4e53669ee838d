package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * {@code (base - end) * (1 - epochs / decay_epochs) ^ power + end} until its end, as Keras's
 * PolynomialDecay.
 *
 * @param decayEpochs above 0
 * @param endRate at least 0
 * @param power above 0
 */
record PolynomialDecay(double decayEpochs, double endRate, double power)
    implements LearningRateSchedule {
  @Override
  public <T extends TFloating> Operand<T> rate(
      Ops tf, Operand<T> base, Operand<T> epochsDone, List<Operand<T>> state) {
    Operand<T> last = Constants.scalar(tf, decayEpochs, base);
    Operand<T> end = Constants.scalar(tf, endRate, base);
    Operand<T> part = tf.math.div(tf.math.minimum(epochsDone, last), last);
    Operand<T> left =
        tf.math.pow(
            tf.math.sub(Constants.scalar(tf, 1, base), part), Constants.scalar(tf, power, base));
    return tf.math.add(tf.math.mul(tf.math.sub(base, end), left), end);
  }
}
