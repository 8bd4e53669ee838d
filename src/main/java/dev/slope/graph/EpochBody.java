package dev.slope.graph;

import org.tensorflow.op.Ops;

/** What an epoch does, added to the body of the epoch loop. */
interface EpochBody {
  /** Adds the epoch and returns the state after it. */
  LoopState add(Ops tf, LoopState before, LoopInputs inputs);

  /** How many tensors of data it takes. */
  int dataTensors();
}
