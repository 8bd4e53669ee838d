package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

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
record FtrlRule(float power, float initialAccumulator) implements UpdateRule {
  /** Stands for 0, where a schedule may end and q would be infinite: it moves nothing. */
  private static final float LEAST_RATE = 1e-20f;

  @Override
  public int slotsPerParameter() {
    return 3;
  }

  @Override
  public float initialSlot(int slot) {
    return slot == 0 ? initialAccumulator : 0;
  }

  @Override
  public Parameter after(Ops tf, Parameter before, Operand<TFloat32> gradient, Step step) {
    Operand<TFloat32> squares = tf.math.add(before.slots().get(0), tf.math.square(gradient));
    Operand<TFloat32> rate = tf.math.maximum(step.learningRate(), tf.constant(LEAST_RATE));
    Operand<TFloat32> quadratic = tf.math.div(root(tf, squares), rate);
    Operand<TFloat32> linear =
        tf.math.add(
            before.slots().get(1),
            tf.math.sub(
                gradient,
                tf.math.mul(tf.math.sub(quadratic, before.slots().get(2)), before.value())));
    Operand<TFloat32> moved = tf.math.neg(tf.math.div(linear, quadratic));
    Operand<TFloat32> number = tf.dtypes.cast(step.number(), TFloat32.class);
    Operand<TFloat32> value =
        step.proximal().apply(tf, before.index(), moved, tf.math.div(number, quadratic));
    return before.with(value, List.of(squares, linear, quadratic));
  }

  private Operand<TFloat32> root(Ops tf, Operand<TFloat32> squares) {
    return power == -0.5f ? tf.math.sqrt(squares) : tf.math.pow(squares, tf.constant(-power));
  }
}
