package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code m' = m + (1 - beta_1) * (gradient - m); v' = v + (1 - beta_2) * (gradient^2 - v);
 * parameter -= learning_rate * sqrt(1 - beta_2^t) / (1 - beta_1^t) * m' / (sqrt(v') + epsilon)},
 * with t the number of the step, as TensorFlow's ApplyAdam; Kingma and Ba 2015, the form before
 * section 2.1.
 *
 * @param beta1 from 0, below 1
 * @param beta2 from 0, below 1
 * @param epsilon above 0
 */
record AdamRule(float beta1, float beta2, float epsilon) implements UpdateRule {
  @Override
  public int slotsPerParameter() {
    return 2;
  }

  @Override
  public float initialSlot(int slot) {
    return 0;
  }

  @Override
  public Parameter after(Ops tf, Parameter before, Operand<TFloat32> gradient, Step step) {
    Operand<TFloat32> mean = towards(tf, before.slots().get(0), gradient, beta1);
    Operand<TFloat32> square = towards(tf, before.slots().get(1), tf.math.square(gradient), beta2);
    Operand<TFloat32> number = tf.dtypes.cast(step.number(), TFloat32.class);
    Operand<TFloat32> correction =
        tf.math.div(tf.math.sqrt(oneLessPower(tf, beta2, number)), oneLessPower(tf, beta1, number));
    Operand<TFloat32> divisor = tf.math.add(tf.math.sqrt(square), tf.constant(epsilon));
    Operand<TFloat32> stepSize = tf.math.div(tf.math.mul(step.learningRate(), correction), divisor);
    Operand<TFloat32> moved = tf.math.sub(before.value(), tf.math.mul(stepSize, mean));
    return before.with(
        step.proximal().apply(tf, before.index(), moved, stepSize), List.of(mean, square));
  }

  private static Operand<TFloat32> towards(
      Ops tf, Operand<TFloat32> mean, Operand<TFloat32> next, float kept) {
    return tf.math.add(mean, tf.math.mul(tf.math.sub(next, mean), tf.constant(1 - kept)));
  }

  /** {@code 1 - base^exponent}, which cancels when written so: 0.999^2 leaves four digits. */
  private static Operand<TFloat32> oneLessPower(Ops tf, float base, Operand<TFloat32> exponent) {
    return tf.math.neg(tf.math.expm1(tf.math.mul(exponent, tf.constant((float) Math.log(base)))));
  }
}
