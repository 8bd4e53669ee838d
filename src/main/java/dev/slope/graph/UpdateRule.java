package dev.slope.graph;

import dev.slope.config.OptimizerConfig;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * One step of an optimizer as a pure function, because a compiled loop carries its state as
 * tensors: what a rule remembers goes in as slots and comes out as slots.
 */
public sealed interface UpdateRule permits GradientDescentRule {

  /** How many slots a parameter has; each has its parameter's shape and starts at zero. */
  int slotsPerParameter();

  /**
   * Adds the ops of one step.
   *
   * @param before the parameters and their slots before the step
   * @param gradients one a parameter
   * @param step the number of this step; the first is 1
   * @param learningRate a scalar
   * @return the parameters and their slots after it, in the same order and shapes
   */
  Parameters apply(
      Ops tf,
      Parameters before,
      List<Operand<TFloat32>> gradients,
      Operand<TInt64> step,
      Operand<TFloat32> learningRate);

  /**
   * What a step changes.
   *
   * @param values the parameters
   * @param slots all slots of the first parameter, then all of the second, ...
   */
  record Parameters(List<Operand<TFloat32>> values, List<Operand<TFloat32>> slots) {
    public Parameters {
      values = List.copyOf(values);
      slots = List.copyOf(slots);
    }
  }

  /** The rule of an optimizer. */
  static UpdateRule of(OptimizerConfig optimizer) {
    if (optimizer instanceof OptimizerConfig.GradientDescent) {
      return new GradientDescentRule();
    }
    throw new AssertionError("no update rule for " + optimizer.getClass().getSimpleName());
  }
}
