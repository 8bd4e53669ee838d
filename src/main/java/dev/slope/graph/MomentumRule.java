package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code a' = momentum * a + gradient; parameter -= learning_rate * a'}, or with Nesterov's look
 * ahead {@code parameter -= learning_rate * (gradient + momentum * a')}, as TensorFlow's
 * ApplyMomentum.
 *
 * <p>What a proximal step adds is a gradient too, that of its part of the objective, and is
 * accumulated as one: without that, momentum would weigh the smooth part {@code 1 / (1 - momentum)}
 * times as much as the penalty, and end elsewhere.
 *
 * @param momentum what is left of the sum from step to step; from 0, below 1
 * @param nesterov whether the gradient's step looks ahead along the sum
 */
record MomentumRule(float momentum, boolean nesterov) implements UpdateRule {
  @Override
  public int slotsPerParameter() {
    return 1;
  }

  @Override
  public float initialSlot(int slot) {
    return 0;
  }

  @Override
  public Parameter after(Ops tf, Parameter before, Operand<TFloat32> gradient, Step step) {
    Operand<TFloat32> rate = step.learningRate();
    Operand<TFloat32> kept = tf.constant(momentum);
    Operand<TFloat32> sum = tf.math.add(tf.math.mul(before.slots().get(0), kept), gradient);
    Operand<TFloat32> direction = nesterov ? tf.math.add(gradient, tf.math.mul(sum, kept)) : sum;
    Operand<TFloat32> moved = tf.math.sub(before.value(), tf.math.mul(direction, rate));
    // How far a gradient moves the parameter in its own step.
    Operand<TFloat32> stepSize = nesterov ? tf.math.mul(rate, tf.constant(1 + momentum)) : rate;
    Operand<TFloat32> value = step.proximal().apply(tf, before.index(), moved, stepSize);
    if (value == moved) {
      return before.with(value, List.of(sum));
    }
    // A schedule may have ended at a rate of 0: then nothing moves.
    Operand<TFloat32> added = tf.math.divNoNan(tf.math.sub(moved, value), stepSize);
    return before.with(value, List.of(tf.math.add(sum, added)));
  }
}
