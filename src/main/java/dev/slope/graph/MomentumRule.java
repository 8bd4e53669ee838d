package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

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
record MomentumRule(double momentum, boolean nesterov) implements UpdateRule {
  @Override
  public int slotsPerParameter() {
    return 1;
  }

  @Override
  public double initialSlot(int slot) {
    return 0;
  }

  @Override
  public <T extends TFloating> Parameter<T> after(
      Ops tf, Parameter<T> before, Operand<T> gradient, Step<T> step) {
    Operand<T> rate = step.learningRate();
    Operand<T> kept = Constants.scalar(tf, momentum, gradient);
    Operand<T> sum = tf.math.add(tf.math.mul(before.slots().get(0), kept), gradient);
    Operand<T> direction = nesterov ? tf.math.add(gradient, tf.math.mul(sum, kept)) : sum;
    Operand<T> moved = tf.math.sub(before.value(), tf.math.mul(direction, rate));
    // How far a gradient moves the parameter in its own step.
    Operand<T> stepSize =
        nesterov ? tf.math.mul(rate, Constants.scalar(tf, 1 + momentum, gradient)) : rate;
    Operand<T> value = step.proximal().apply(tf, before.index(), moved, stepSize);
    if (value == moved) {
      return before.with(value, List.of(sum));
    }
    // A schedule may have ended at a rate of 0: then nothing moves.
    Operand<T> added = tf.math.divNoNan(tf.math.sub(moved, value), stepSize);
    return before.with(value, List.of(tf.math.add(sum, added)));
  }
}
