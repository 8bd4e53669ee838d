package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code a' = a + gradient^2; parameter -= learning_rate * gradient / (sqrt(a') + epsilon)}, as
 * TensorFlow's ApplyAdagradV2; Duchi, Hazan and Singer 2011, whose composite form the proximal step
 * is.
 *
 * @param initialAccumulator where a starts; at least 0
 * @param epsilon above 0
 */
record AdagradRule(float initialAccumulator, float epsilon) implements UpdateRule {
  @Override
  public int slotsPerParameter() {
    return 1;
  }

  @Override
  public float initialSlot(int slot) {
    return initialAccumulator;
  }

  @Override
  public Parameter after(Ops tf, Parameter before, Operand<TFloat32> gradient, Step step) {
    Operand<TFloat32> squares = tf.math.add(before.slots().get(0), tf.math.square(gradient));
    Operand<TFloat32> divisor = tf.math.add(tf.math.sqrt(squares), tf.constant(epsilon));
    Operand<TFloat32> stepSize = tf.math.div(step.learningRate(), divisor);
    Operand<TFloat32> moved = tf.math.sub(before.value(), tf.math.mul(stepSize, gradient));
    return before.with(
        step.proximal().apply(tf, before.index(), moved, stepSize), List.of(squares));
  }
}
