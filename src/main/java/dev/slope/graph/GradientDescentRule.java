package dev.slope.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** {@code parameter - learning_rate * gradient}; remembers nothing. */
record GradientDescentRule() implements UpdateRule {
  @Override
  public int slotsPerParameter() {
    return 0;
  }

  @Override
  public Parameters apply(
      Ops tf,
      Parameters before,
      List<Operand<TFloat32>> gradients,
      Operand<TInt64> step,
      Operand<TFloat32> learningRate) {
    List<Operand<TFloat32>> after = new ArrayList<>();
    for (Operand<TFloat32> value : before.values()) {
      Operand<TFloat32> gradient = gradients.get(after.size());
      after.add(tf.math.sub(value, tf.math.mul(learningRate, gradient)));
    }
    return new Parameters(after, List.of());
  }
}
