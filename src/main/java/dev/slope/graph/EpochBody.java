package dev.slope.graph;

import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** What an epoch does, added to the body of the epoch loop. */
interface EpochBody<T extends TFloating> {
  /** Adds the epoch and returns the state after it. */
  LoopState<T> add(Ops tf, LoopState<T> before, LoopInputs<T> inputs);

  /** How many tensors of data it takes. */
  int dataTensors();
}
