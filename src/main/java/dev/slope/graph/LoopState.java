package dev.slope.graph;

import dev.slope.graph.UpdateRule.Parameters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * What an epoch changes.
 *
 * @param epoch how many epochs have run since the training began; one number a column where each
 *     column of the weights is a training of its own
 * @param status the code of a {@link LoopStatus}; as many
 * @param groups everything else, by what it is for; a group that a training has no use for is empty
 */
record LoopState<T extends TFloating>(
    Operand<TInt64> epoch, Operand<TInt32> status, Map<StateGroup, List<Operand<T>>> groups) {
  LoopState {
    groups = new EnumMap<>(groups);
  }

  List<Operand<T>> group(StateGroup group) {
    return groups.getOrDefault(group, List.of());
  }

  /** The only tensor of a group. */
  Operand<T> scalar(StateGroup group) {
    return group(group).get(0);
  }

  boolean has(StateGroup group) {
    return !group(group).isEmpty();
  }

  /** Adds whether the training goes on; where each column is one, whether that does. */
  Operand<TBool> isRunning(Ops tf) {
    return tf.math.equal(status, tf.constant(LoopStatus.RUNNING.code()));
  }

  /** Of all its floating-point numbers. */
  Class<T> type() {
    return group(StateGroup.PARAMETERS).get(0).type();
  }

  Parameters<T> parameters() {
    return new Parameters<>(group(StateGroup.PARAMETERS), group(StateGroup.SLOTS));
  }

  /** Epoch, status, then the groups in their order. */
  List<Operand<?>> flatten() {
    List<Operand<?>> flat = new ArrayList<>(List.of(epoch, status));
    for (StateGroup group : StateGroup.values()) {
      flat.addAll(group(group));
    }
    return flat;
  }

  /**
   * The reverse of {@link #flatten}.
   *
   * @param layout the shapes of each group
   */
  static <T extends TFloating> LoopState<T> of(
      List<Operand<?>> flat, Map<StateGroup, List<Shape>> layout, Class<T> type) {
    Map<StateGroup, List<Operand<T>>> groups = new EnumMap<>(StateGroup.class);
    int next = 2;
    for (StateGroup group : StateGroup.values()) {
      List<Operand<T>> members = new ArrayList<>();
      for (int i = 0; i < layout.getOrDefault(group, List.of()).size(); i++) {
        members.add(flat.get(next++).asOutput().expect(type));
      }
      groups.put(group, members);
    }
    return new LoopState<>(
        flat.get(0).asOutput().expect(TInt64.class),
        flat.get(1).asOutput().expect(TInt32.class),
        groups);
  }
}
