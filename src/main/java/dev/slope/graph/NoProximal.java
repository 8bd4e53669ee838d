package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Leaves every step where it ends. */
record NoProximal() implements Proximal {
  @Override
  public <T extends TFloating> Operand<T> apply(
      Ops tf, int parameter, Operand<T> value, Operand<T> stepSize) {
    return value;
  }
}
