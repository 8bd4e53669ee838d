package dev.slope.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * All that a training carries from call to call of its loop, by name: what a checkpoint holds.
 *
 * <p>Its ops are added where they are first asked for, since most trainings never do.
 */
public final class LastingState<T extends TFloating> {
  private final Ops tf;
  private final Variable<TInt64> epoch;
  private final Map<String, Variable<T>> variables = new LinkedHashMap<>();
  private @Nullable Reading<T> reading;

  LastingState(Ops tf, StateStore<T> store) {
    this.tf = tf;
    this.epoch = store.epoch();
    store
        .variables()
        .forEach(
            (group, members) -> {
              for (int i = 0; i < members.size(); i++) {
                variables.put(group.name().toLowerCase(Locale.ROOT) + "_" + i, members.get(i));
              }
            });
  }

  /**
   * Reads the state.
   *
   * @param epoch the counter, a scalar
   * @param tensors all others by name
   */
  public record Reading<T extends TFloating>(
      Operand<TInt64> epoch, Map<String, Operand<T>> tensors) {}

  /**
   * Sets the state.
   *
   * @param epoch the counter, a scalar
   * @param tensors all others by name
   * @param store keeps them
   */
  public record Setting<T extends TFloating>(
      Placeholder<TInt64> epoch, Map<String, Placeholder<T>> tensors, List<Op> store) {}

  /** What reads it. */
  public Reading<T> reading() {
    if (reading == null) {
      Map<String, Operand<T>> tensors = new LinkedHashMap<>();
      variables.forEach((name, variable) -> tensors.put(name, variable.read(tf)));
      reading = new Reading<>(epoch.read(tf), tensors);
    }
    return reading;
  }

  /** What sets it; for once, each call adds the ops anew. */
  public Setting<T> setting() {
    Placeholder<TInt64> counter = tf.placeholder(TInt64.class, Placeholder.shape(epoch.shape()));
    Map<String, Placeholder<T>> tensors = new LinkedHashMap<>();
    List<Op> store = new ArrayList<>(List.of(epoch.assign(tf, counter)));
    variables.forEach(
        (name, variable) -> {
          Placeholder<T> tensor =
              tf.placeholder(variable.type(), Placeholder.shape(variable.shape()));
          tensors.put(name, tensor);
          store.add(variable.assign(tf, tensor));
        });
    return new Setting<>(counter, tensors, store);
  }
}
