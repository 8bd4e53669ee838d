package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

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
record AdamRule(double beta1, double beta2, double epsilon) implements UpdateRule {
  @Override
  public int slotsPerParameter() {
    return 2;
  }

  @Override
  public double initialSlot(int slot) {
    return 0;
  }

  @Override
  public <T extends TFloating> Parameter<T> after(
      Ops tf, Parameter<T> before, Operand<T> gradient, Step<T> step) {
    Operand<T> mean = towards(tf, before.slots().get(0), gradient, beta1);
    Operand<T> square = towards(tf, before.slots().get(1), tf.math.square(gradient), beta2);
    Operand<T> number = tf.dtypes.cast(step.number(), gradient.type());
    Operand<T> correction =
        tf.math.div(tf.math.sqrt(oneLessPower(tf, beta2, number)), oneLessPower(tf, beta1, number));
    Operand<T> divisor = tf.math.add(tf.math.sqrt(square), Constants.scalar(tf, epsilon, square));
    Operand<T> stepSize = tf.math.div(tf.math.mul(step.learningRate(), correction), divisor);
    Operand<T> moved = tf.math.sub(before.value(), tf.math.mul(stepSize, mean));
    return before.with(
        step.proximal().apply(tf, before.index(), moved, stepSize), List.of(mean, square));
  }

  private static <T extends TFloating> Operand<T> towards(
      Ops tf, Operand<T> mean, Operand<T> next, double kept) {
    return tf.math.add(
        mean, tf.math.mul(tf.math.sub(next, mean), Constants.scalar(tf, 1 - kept, mean)));
  }

  /** {@code 1 - base^exponent}, which cancels when written so: 0.999^2 leaves four digits. */
  private static <T extends TFloating> Operand<T> oneLessPower(
      Ops tf, double base, Operand<T> exponent) {
    return tf.math.neg(
        tf.math.expm1(tf.math.mul(exponent, Constants.scalar(tf, Math.log(base), exponent))));
  }
}
