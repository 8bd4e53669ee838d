package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * {@code n' = n + gradient^2; q' = n'^(-power) / learning_rate; z' = z + gradient - (q' - q) *
 * parameter; parameter = prox(-z' / q')}, as TensorFlow's ApplyFtrl; McMahan et al. 2013.
 *
 * <p>It differs from that op where the op would miss the objective. z sums the gradients of all t
 * steps, so that the penalty counts t times as well (McMahan 2011, section 2); the op counts it
 * once, which vanishes beside them. And q is a slot that starts at 0, where the op computes the
 * last q anew from n and the present learning rate and starts from z = 0: so a schedule doesn't
 * shrink the parameters, and the first step doesn't forget where they start. Without a penalty, at
 * a constant rate and from zeros the two are the same.
 *
 * @param power how steps shrink with n, at most 0; -0.5 for its root
 * @param initialAccumulator where n starts; above 0
 */
record FtrlRule(double power, double initialAccumulator) implements UpdateRule {
  /** Stands for 0, where a schedule may end and q would be infinite: it moves nothing. */
  private static final double LEAST_RATE = 1e-20;

  @Override
  public int slotsPerParameter() {
    return 3;
  }

  @Override
  public double initialSlot(int slot) {
    return slot == 0 ? initialAccumulator : 0;
  }

  @Override
  public <T extends TFloating> Parameter<T> after(
      Ops tf, Parameter<T> before, Operand<T> gradient, Step<T> step) {
    Operand<T> squares = tf.math.add(before.slots().get(0), tf.math.square(gradient));
    Operand<T> rate =
        tf.math.maximum(step.learningRate(), Constants.scalar(tf, LEAST_RATE, squares));
    Operand<T> quadratic = tf.math.div(root(tf, squares), rate);
    Operand<T> linear =
        tf.math.add(
            before.slots().get(1),
            tf.math.sub(
                gradient,
                tf.math.mul(tf.math.sub(quadratic, before.slots().get(2)), before.value())));
    Operand<T> moved = tf.math.neg(tf.math.div(linear, quadratic));
    Operand<T> number = tf.dtypes.cast(step.number(), gradient.type());
    Operand<T> value =
        step.proximal().apply(tf, before.index(), moved, tf.math.div(number, quadratic));
    return before.with(value, List.of(squares, linear, quadratic));
  }

  private <T extends TFloating> Operand<T> root(Ops tf, Operand<T> squares) {
    return power == -0.5
        ? tf.math.sqrt(squares)
        : tf.math.pow(squares, Constants.scalar(tf, -power, squares));
  }
}
