package dev.slope.graph;

import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * Epochs in a loop within the graph.
 *
 * <p>How many epochs a call runs is an input, so nothing is ever compiled again. Whatever ends a
 * training early ends the loop in its own condition, so that what decides the result never depends
 * on where calls begin and end.
 */
final class EpochLoop<T extends TFloating> {
  private final EpochBody<T> body;
  private final Map<StateGroup, List<Shape>> layout;
  private final boolean compiled;
  private final Class<T> type;

  /**
   * A loop of one kind.
   *
   * @param body what an epoch does
   * @param layout the shapes of all that the loop carries
   * @param compiled whether XLA compiles the loop as a whole
   * @param type of all its floating-point numbers
   */
  EpochLoop(
      EpochBody<T> body, Map<StateGroup, List<Shape>> layout, boolean compiled, Class<T> type) {
    this.body = body;
    this.type = type;
    this.layout = layout;
    this.compiled = compiled;
  }

  /** Adds the loop and returns the state it ends in. */
  LoopState<T> add(Ops tf, LoopState<T> start, LoopInputs<T> inputs) {
    return LoopState.of(
        GraphLoop.add(
            tf,
            "EpochLoop",
            compiled,
            start.flatten(),
            inputs.flatten(),
            this::goesOn,
            this::epoch),
        layout,
        type);
  }

  private Operand<TBool> goesOn(Ops tf, List<Operand<?>> flatState, List<Operand<?>> flatInputs) {
    LoopState<T> state = LoopState.of(flatState, layout, type);
    Operand<TBool> goesOn =
        tf.math.logicalAnd(
            tf.math.less(state.epoch(), inputs(flatInputs).endEpoch()), state.isRunning(tf));
    // Of columns that train by themselves, while any of them does.
    return goesOn.shape().isScalar() ? goesOn : tf.any(goesOn, tf.constant(0));
  }

  private List<Operand<?>> epoch(Ops tf, List<Operand<?>> flatState, List<Operand<?>> flatInputs) {
    return body.add(tf, LoopState.of(flatState, layout, type), inputs(flatInputs)).flatten();
  }

  private LoopInputs<T> inputs(List<Operand<?>> flat) {
    return LoopInputs.of(flat, body.dataTensors(), type);
  }
}
