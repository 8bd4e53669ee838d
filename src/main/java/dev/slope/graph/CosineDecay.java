package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code base * ((1 - alpha) * (1 + cos(pi * epochs / decay_epochs)) / 2 + alpha)} until its end,
 * as Keras's CosineDecay; Loshchilov and Hutter 2017.
 *
 * @param decayEpochs above 0
 * @param alpha from 0 to 1
 */
record CosineDecay(float decayEpochs, float alpha) implements LearningRateSchedule {
  @Override
  public Operand<TFloat32> rate(
      Ops tf, Operand<TFloat32> base, Operand<TFloat32> epochsDone, List<Operand<TFloat32>> state) {
    Operand<TFloat32> end = tf.constant(decayEpochs);
    Operand<TFloat32> part = tf.math.div(tf.math.minimum(epochsDone, end), end);
    // cos(2x) = 2 cos(x)^2 - 1, so that rounding can't make a rate negative.
    Operand<TFloat32> half =
        tf.math.square(tf.math.cos(tf.math.mul(part, tf.constant((float) (Math.PI / 2)))));
    return tf.math.mul(
        base, tf.math.add(tf.math.mul(half, tf.constant(1 - alpha)), tf.constant(alpha)));
  }
}
