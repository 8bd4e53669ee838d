package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

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
record RmsPropRule(float rho, float momentum, float epsilon) implements UpdateRule {
  @Override
  public int slotsPerParameter() {
    return momentum == 0 ? 1 : 2;
  }

  @Override
  public float initialSlot(int slot) {
    return 0;
  }

  @Override
  public Parameter after(Ops tf, Parameter before, Operand<TFloat32> gradient, Step step) {
    Operand<TFloat32> last = before.slots().get(0);
    Operand<TFloat32> square =
        tf.math.add(
            last, tf.math.mul(tf.math.sub(tf.math.square(gradient), last), tf.constant(1 - rho)));
    Operand<TFloat32> stepSize =
        tf.math.div(step.learningRate(), tf.math.sqrt(tf.math.add(square, tf.constant(epsilon))));
    Operand<TFloat32> along = tf.math.mul(stepSize, gradient);
    if (momentum == 0) {
      Operand<TFloat32> moved = tf.math.sub(before.value(), along);
      return before.with(
          step.proximal().apply(tf, before.index(), moved, stepSize), List.of(square));
    }
    Operand<TFloat32> way =
        tf.math.add(tf.math.mul(before.slots().get(1), tf.constant(momentum)), along);
    Operand<TFloat32> moved = tf.math.sub(before.value(), way);
    Operand<TFloat32> value = step.proximal().apply(tf, before.index(), moved, stepSize);
    // The proximal step is part of the way: see MomentumRule.
    Operand<TFloat32> kept = value == moved ? way : tf.math.add(way, tf.math.sub(moved, value));
    return before.with(value, List.of(square, kept));
  }
}
