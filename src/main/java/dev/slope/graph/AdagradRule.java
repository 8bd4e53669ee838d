package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * {@code a' = a + gradient^2; parameter -= learning_rate * gradient / (sqrt(a') + epsilon)}, as
 * TensorFlow's ApplyAdagradV2; Duchi, Hazan and Singer 2011, whose composite form the proximal step
 * is.
 *
 * @param initialAccumulator where a starts; at least 0
 * @param epsilon above 0
 */
record AdagradRule(double initialAccumulator, double epsilon) implements UpdateRule {
  @Override
  public int slotsPerParameter() {
    return 1;
  }

  @Override
  public double initialSlot(int slot) {
    return initialAccumulator;
  }

  @Override
  public <T extends TFloating> Parameter<T> after(
      Ops tf, Parameter<T> before, Operand<T> gradient, Step<T> step) {
    Operand<T> squares = tf.math.add(before.slots().get(0), tf.math.square(gradient));
    Operand<T> divisor = tf.math.add(tf.math.sqrt(squares), Constants.scalar(tf, epsilon, squares));
    Operand<T> stepSize = tf.math.div(step.learningRate(), divisor);
    Operand<T> moved = tf.math.sub(before.value(), tf.math.mul(stepSize, gradient));
    return before.with(
        step.proximal().apply(tf, before.index(), moved, stepSize), List.of(squares));
  }
}
