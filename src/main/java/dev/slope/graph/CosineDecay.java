package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * {@code base * ((1 - alpha) * (1 + cos(pi * epochs / decay_epochs)) / 2 + alpha)} until its end,
 * as Keras's CosineDecay; Loshchilov and Hutter 2017.
 *
 * @param decayEpochs above 0
 * @param alpha from 0 to 1
 */
record CosineDecay(double decayEpochs, double alpha) implements LearningRateSchedule {
  @Override
  public <T extends TFloating> Operand<T> rate(
      Ops tf, Operand<T> base, Operand<T> epochsDone, List<Operand<T>> state) {
    Operand<T> end = Constants.scalar(tf, decayEpochs, base);
    Operand<T> part = tf.math.div(tf.math.minimum(epochsDone, end), end);
    // cos(2x) = 2 cos(x)^2 - 1, so that rounding can't make a rate negative.
    Operand<T> half =
        tf.math.square(tf.math.cos(tf.math.mul(part, Constants.scalar(tf, Math.PI / 2, base))));
    return tf.math.mul(
        base,
        tf.math.add(
            tf.math.mul(half, Constants.scalar(tf, 1 - alpha, base)),
            Constants.scalar(tf, alpha, base)));
  }
}
