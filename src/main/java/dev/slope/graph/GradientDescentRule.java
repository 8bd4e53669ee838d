package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** {@code parameter - learning_rate * gradient}; remembers nothing. */
record GradientDescentRule() implements UpdateRule {
  @Override
  public int slotsPerParameter() {
    return 0;
  }

  @Override
  public double initialSlot(int slot) {
    throw new IndexOutOfBoundsException(slot);
  }

  @Override
  public <T extends TFloating> Parameter<T> after(
      Ops tf, Parameter<T> before, Operand<T> gradient, Step<T> step) {
    Operand<T> rate = step.learningRate();
    Operand<T> moved = tf.math.sub(before.value(), tf.math.mul(rate, gradient));
    return before.with(step.proximal().apply(tf, before.index(), moved, rate), List.of());
  }
}
