package dev.slope.graph;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * What the epoch loop carries, in variables that live from call to call.
 *
 * @param epoch how many epochs have run since the training began; one number a column where each
 *     column of the weights is a training of its own
 * @param status of each column, where each is a training of its own: one that has ended stays so;
 *     else null, for a training that has ended has no further call
 * @param layout the shapes of all that the loop carries
 * @param variables of the groups that last
 */
record StateStore<T extends TFloating>(
    Class<T> type,
    Variable<TInt64> epoch,
    @Nullable Variable<TInt32> status,
    Map<StateGroup, List<Shape>> layout,
    Map<StateGroup, List<Variable<T>>> variables) {
  private static final double[] NOTHING = {};
  private static final double[] INFINITY = {Double.POSITIVE_INFINITY};

  /** BigQuery ML's initial rate of a line search. */
  private static final double[] LINE_SEARCH_START = {0.1};

  /**
   * Adds the variables.
   *
   * @param each the shape of what a training has one of
   * @param layout the shapes of all that the loop carries
   */
  static <T extends TFloating> StateStore<T> create(
      Ops tf, Class<T> type, Shape each, Map<StateGroup, List<Shape>> layout) {
    Map<StateGroup, List<Variable<T>>> variables = new EnumMap<>(StateGroup.class);
    layout.forEach(
        (group, shapes) -> {
          if (group.isLasting()) {
            variables.put(group, Variable.createAll(tf, group.name(), type, shapes));
          }
        });
    return new StateStore<>(
        type,
        Variable.create(tf, "epoch", TInt64.class, each),
        each.isScalar() ? null : Variable.create(tf, "status", TInt32.class, each),
        layout,
        variables);
  }

  List<Variable<T>> group(StateGroup group) {
    return variables.getOrDefault(group, List.of());
  }

  List<Operand<T>> read(Ops tf, StateGroup group) {
    return Variable.readAll(tf, group(group));
  }

  /** The state that a call starts from; what doesn't last begins anew. */
  LoopState<T> read(Ops tf) {
    Map<StateGroup, List<Operand<T>>> groups = new EnumMap<>(StateGroup.class);
    layout.forEach(
        (group, shapes) ->
            groups.put(group, group.isLasting() ? read(tf, group) : blank(tf, shapes)));
    return new LoopState<>(
        epoch.read(tf),
        status == null ? tf.constant(LoopStatus.RUNNING.code()) : status.read(tf),
        groups);
  }

  /** Keeps the state that a call ended in. */
  List<Op> keep(Ops tf, LoopState<T> after) {
    List<Op> ops = new ArrayList<>();
    ops.add(epoch.assign(tf, after.epoch()));
    if (status != null) {
      ops.add(status.assign(tf, after.status()));
    }
    variables.forEach(
        (group, members) -> ops.addAll(Variable.assignAll(tf, members, after.group(group))));
    return ops;
  }

  /** Keeps the state before the first epoch. */
  List<Op> begin(Ops tf, Descent descent, List<Operand<T>> parameters) {
    List<Op> ops = new ArrayList<>();
    if (status == null) {
      ops.add(epoch.assign(tf, tf.constant(0L)));
    } else {
      Operand<TInt64> each = tf.constant(status.shape().asArray());
      ops.add(epoch.assign(tf, tf.fill(each, tf.constant(0L))));
      ops.add(status.assign(tf, tf.fill(each, tf.constant(LoopStatus.RUNNING.code()))));
    }
    variables.forEach(
        (group, members) ->
            ops.addAll(Variable.assignAll(tf, members, first(tf, descent, group, parameters))));
    return ops;
  }

  private List<Operand<T>> first(
      Ops tf, Descent descent, StateGroup group, List<Operand<T>> parameters) {
    return switch (group) {
      case PARAMETERS, LAST_GOOD -> parameters;
      case SLOTS -> firstSlots(tf, descent);
      case SCHEDULE -> constants(tf, descent.schedule().initialState());
      case SEARCH_RATE -> constants(tf, descent.lineSearch() ? LINE_SEARCH_START : NOTHING);
      case PREVIOUS_LOSS ->
          constants(tf, descent.stops().minRelProgress() == null ? NOTHING : INFINITY);
      case BEST -> {
        List<Operand<T>> best = new ArrayList<>(constants(tf, INFINITY));
        best.addAll(constants(tf, new double[] {0}));
        best.addAll(parameters);
        yield best;
      }
      case LOSSES, RATES, VALIDATION_LOSSES ->
          throw new AssertionError(group + " begins anew in each call");
    };
  }

  private List<Operand<T>> firstSlots(Ops tf, Descent descent) {
    List<Operand<T>> slots = new ArrayList<>();
    for (Shape shape : descent.parameterShapes()) {
      for (int slot = 0; slot < descent.rule().slotsPerParameter(); slot++) {
        slots.add(filled(tf, shape, descent.rule().initialSlot(slot)));
      }
    }
    return slots;
  }

  private List<Operand<T>> constants(Ops tf, double[] values) {
    List<Operand<T>> constants = new ArrayList<>();
    for (double value : values) {
      constants.add(
          status == null ? Constants.scalar(tf, value, type) : filled(tf, status.shape(), value));
    }
    return constants;
  }

  private List<Operand<T>> blank(Ops tf, List<Shape> shapes) {
    List<Operand<T>> values = new ArrayList<>();
    for (Shape shape : shapes) {
      values.add(filled(tf, shape, 0));
    }
    return values;
  }

  private Operand<T> filled(Ops tf, Shape shape, double value) {
    return tf.fill(tf.constant(shape.asArray()), Constants.scalar(tf, value, type));
  }
}
