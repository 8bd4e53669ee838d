package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Leaves every step where it ends. */
record NoProximal() implements Proximal {
  @Override
  public Operand<TFloat32> apply(
      Ops tf, int parameter, Operand<TFloat32> value, Operand<TFloat32> stepSize) {
    return value;
  }
}
