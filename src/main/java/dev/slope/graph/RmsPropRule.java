package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * {@code v' = v + (1 - rho) * (gradient^2 - v); d' = momentum * d + learning_rate * gradient /
 * sqrt(v' + epsilon); parameter -= d'}, as TensorFlow's ApplyRMSProp; Tieleman and Hinton 2012.
 *
 * <p>Without momentum d is not kept.
 *
 * @param rho from 0, below 1
 * @param momentum from 0, below 1
 * @param epsilon above 0
 */
record RmsPropRule(double rho, double momentum, double epsilon) implements UpdateRule {
  @Override
  public int slotsPerParameter() {
    return momentum == 0 ? 1 : 2;
  }

  @Override
  public double initialSlot(int slot) {
    return 0;
  }

  @Override
  public <T extends TFloating> Parameter<T> after(
      Ops tf, Parameter<T> before, Operand<T> gradient, Step<T> step) {
    Operand<T> last = before.slots().get(0);
    Operand<T> square =
        tf.math.add(
            last,
            tf.math.mul(
                tf.math.sub(tf.math.square(gradient), last),
                Constants.scalar(tf, 1 - rho, gradient)));
    Operand<T> stepSize =
        tf.math.div(
            step.learningRate(),
            tf.math.sqrt(tf.math.add(square, Constants.scalar(tf, epsilon, gradient))));
    Operand<T> along = tf.math.mul(stepSize, gradient);
    if (momentum == 0) {
      Operand<T> moved = tf.math.sub(before.value(), along);
      return before.with(
          step.proximal().apply(tf, before.index(), moved, stepSize), List.of(square));
    }
    Operand<T> way =
        tf.math.add(
            tf.math.mul(before.slots().get(1), Constants.scalar(tf, momentum, gradient)), along);
    Operand<T> moved = tf.math.sub(before.value(), way);
    Operand<T> value = step.proximal().apply(tf, before.index(), moved, stepSize);
    // The proximal step is part of the way: see MomentumRule.
    Operand<T> kept = value == moved ? way : tf.math.add(way, tf.math.sub(moved, value));
    return before.with(value, List.of(square, kept));
  }
}
