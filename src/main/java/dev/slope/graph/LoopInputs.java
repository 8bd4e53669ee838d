package dev.slope.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * What stays the same during a call of the loop.
 *
 * @param firstEpoch the state's epoch where the call starts
 * @param endEpoch where it stops; at most {@code maxEpochsPerCall} later
 * @param dataEpoch the epoch that data begin with whose rows come in another order in each
 * @param lossLimit the largest loss that is no divergence; one a column where each column of the
 *     weights is a training of its own
 * @param learningRate a scalar, or one a column
 * @param data of the objective
 * @param validationData of the validation rows' objective; empty where there are none
 */
record LoopInputs<T extends TFloating>(
    Operand<TInt64> firstEpoch,
    Operand<TInt64> endEpoch,
    Operand<TInt64> dataEpoch,
    Operand<T> lossLimit,
    Operand<T> learningRate,
    List<Operand<T>> data,
    List<Operand<T>> validationData) {
  LoopInputs {
    data = List.copyOf(data);
    validationData = List.copyOf(validationData);
  }

  List<Operand<?>> flatten() {
    List<Operand<?>> flat =
        new ArrayList<>(List.of(firstEpoch, endEpoch, dataEpoch, lossLimit, learningRate));
    flat.addAll(data);
    flat.addAll(validationData);
    return flat;
  }

  /** The reverse of {@link #flatten}, of a list that holds nothing else. */
  static <T extends TFloating> LoopInputs<T> of(
      List<Operand<?>> flat, int dataTensors, Class<T> type) {
    List<Operand<T>> floats = new ArrayList<>();
    for (Operand<?> operand : flat.subList(3, flat.size())) {
      floats.add(operand.asOutput().expect(type));
    }
    return new LoopInputs<>(
        flat.get(0).asOutput().expect(TInt64.class),
        flat.get(1).asOutput().expect(TInt64.class),
        flat.get(2).asOutput().expect(TInt64.class),
        floats.get(0),
        floats.get(1),
        floats.subList(2, 2 + dataTensors),
        floats.subList(2 + dataTensors, floats.size()));
  }
}
