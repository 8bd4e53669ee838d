package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** {@code parameter - learning_rate * gradient}; remembers nothing. */
record GradientDescentRule() implements UpdateRule {
  @Override
  public int slotsPerParameter() {
    return 0;
  }

  @Override
  public float initialSlot(int slot) {
    throw new IndexOutOfBoundsException(slot);
  }

  @Override
  public Parameter after(Ops tf, Parameter before, Operand<TFloat32> gradient, Step step) {
    Operand<TFloat32> rate = step.learningRate();
    Operand<TFloat32> moved = tf.math.sub(before.value(), tf.math.mul(rate, gradient));
    return before.with(step.proximal().apply(tf, before.index(), moved, rate), List.of());
  }
}
