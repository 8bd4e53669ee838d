package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The rate that the config asks for, at no cost. */
record ConstantRate() implements LearningRateSchedule {
  @Override
  public Operand<TFloat32> rate(
      Ops tf, Operand<TFloat32> base, Operand<TFloat32> epochsDone, List<Operand<TFloat32>> state) {
    return base;
  }
}
