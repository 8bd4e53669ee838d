package dev.slope.graph;

import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;

/**
 * Epochs in a loop within the graph.
 *
 * <p>How many epochs a call runs is an input, so nothing is ever compiled again. Whatever ends a
 * training early ends the loop in its own condition, so that what decides the result never depends
 * on where calls begin and end.
 */
final class EpochLoop {
  private final EpochBody body;
  private final Map<StateGroup, List<Shape>> layout;
  private final boolean compiled;

  /**
   * A loop of one kind.
   *
   * @param body what an epoch does
   * @param layout the shapes of all that the loop carries
   * @param compiled whether XLA compiles the loop as a whole
   */
  EpochLoop(EpochBody body, Map<StateGroup, List<Shape>> layout, boolean compiled) {
    this.body = body;
    this.layout = layout;
    this.compiled = compiled;
  }

  /** Adds the loop and returns the state it ends in. */
  LoopState add(Ops tf, LoopState start, LoopInputs inputs) {
    return LoopState.of(
        GraphLoop.add(
            tf,
            "EpochLoop",
            compiled,
            start.flatten(),
            inputs.flatten(),
            this::goesOn,
            this::epoch),
        layout);
  }

  private Operand<TBool> goesOn(Ops tf, List<Operand<?>> flatState, List<Operand<?>> flatInputs) {
    LoopState state = LoopState.of(flatState, layout);
    return tf.math.logicalAnd(
        tf.math.less(state.epoch(), inputs(flatInputs).endEpoch()),
        tf.math.equal(state.status(), tf.constant(LoopStatus.RUNNING.code())));
  }

  private List<Operand<?>> epoch(Ops tf, List<Operand<?>> flatState, List<Operand<?>> flatInputs) {
    return body.add(tf, LoopState.of(flatState, layout), inputs(flatInputs)).flatten();
  }

  private LoopInputs inputs(List<Operand<?>> flat) {
    return LoopInputs.of(flat, body.dataTensors());
  }
}
