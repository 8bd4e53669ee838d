package dev.slope.graph;

import dev.slope.graph.UpdateRule.Parameters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * What an epoch changes.
 *
 * @param epoch how many epochs have run since the training began
 * @param status the code of a {@link LoopStatus}
 * @param groups everything else, by what it is for; a group that a training has no use for is empty
 */
record LoopState(
    Operand<TInt64> epoch,
    Operand<TInt32> status,
    Map<StateGroup, List<Operand<TFloat32>>> groups) {
  LoopState {
    groups = new EnumMap<>(groups);
  }

  List<Operand<TFloat32>> group(StateGroup group) {
    return groups.getOrDefault(group, List.of());
  }

  /** The only tensor of a group. */
  Operand<TFloat32> scalar(StateGroup group) {
    return group(group).get(0);
  }

  boolean has(StateGroup group) {
    return !group(group).isEmpty();
  }

  Parameters parameters() {
    return new Parameters(group(StateGroup.PARAMETERS), group(StateGroup.SLOTS));
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
  static LoopState of(List<Operand<?>> flat, Map<StateGroup, List<Shape>> layout) {
    Map<StateGroup, List<Operand<TFloat32>>> groups = new EnumMap<>(StateGroup.class);
    int next = 2;
    for (StateGroup group : StateGroup.values()) {
      List<Operand<TFloat32>> members = new ArrayList<>();
      for (int i = 0; i < layout.getOrDefault(group, List.of()).size(); i++) {
        members.add(flat.get(next++).asOutput().expect(TFloat32.class));
      }
      groups.put(group, members);
    }
    return new LoopState(
        flat.get(0).asOutput().expect(TInt64.class),
        flat.get(1).asOutput().expect(TInt32.class),
        groups);
  }
}
