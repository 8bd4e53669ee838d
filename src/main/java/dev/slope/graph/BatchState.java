package dev.slope.graph;

import dev.slope.graph.UpdateRule.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * What a step over a batch changes.
 *
 * @param batch the number of the next batch in its chunk, from 0
 * @param step how many steps have run since the training began
 * @param healthy whether the losses of all batches of this epoch were within bounds
 * @param lossSum the sum of their losses
 * @param parameters weights, intercepts and the slots of both
 */
record BatchState(
    Operand<TInt32> batch,
    Operand<TInt64> step,
    Operand<TBool> healthy,
    Operand<TFloat32> lossSum,
    Parameters parameters) {
  private static final int FIRST_VALUE = 4;

  List<Operand<?>> flatten() {
    List<Operand<?>> flat = new ArrayList<>(List.of(batch, step, healthy, lossSum));
    flat.addAll(parameters.values());
    flat.addAll(parameters.slots());
    return flat;
  }

  /** The reverse of {@link #flatten}; what follows the state is passed over. */
  static BatchState of(List<Operand<?>> flat, int values, int slots) {
    return new BatchState(
        flat.get(0).asOutput().expect(TInt32.class),
        flat.get(1).asOutput().expect(TInt64.class),
        flat.get(2).asOutput().expect(TBool.class),
        flat.get(3).asOutput().expect(TFloat32.class),
        new Parameters(
            floats(flat, FIRST_VALUE, values), floats(flat, FIRST_VALUE + values, slots)));
  }

  static List<Operand<TFloat32>> floats(List<Operand<?>> flat, int first, int count) {
    List<Operand<TFloat32>> floats = new ArrayList<>();
    for (Operand<?> operand : flat.subList(first, first + count)) {
      floats.add(operand.asOutput().expect(TFloat32.class));
    }
    return floats;
  }
}
