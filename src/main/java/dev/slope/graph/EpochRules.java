package dev.slope.graph;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * What is written down of an epoch, and whether another one follows; the same for every plan.
 *
 * <p>Whatever a training doesn't ask for adds no op.
 */
final class EpochRules<T extends TFloating> {
  private final Ops tf;
  private final Descent descent;
  private final LoopState<T> before;
  private final LoopInputs<T> inputs;
  private final Map<StateGroup, List<Operand<T>>> after = new EnumMap<>(StateGroup.class);
  private Operand<TInt32> status;

  /**
   * The rules of one epoch.
   *
   * @param before the state that the epoch started from
   */
  EpochRules(Ops tf, Descent descent, LoopState<T> before, LoopInputs<T> inputs) {
    this.tf = tf;
    this.descent = descent;
    this.before = before;
    this.inputs = inputs;
    this.status = before.status();
  }

  /** Keeps tensors for the next epoch. */
  void keep(StateGroup group, List<Operand<T>> tensors) {
    after.put(group, tensors);
  }

  /**
   * Writes a number down under this epoch's number in the call, where the group is there. Of
   * columns that train by themselves it is the least of those that still run and have not diverged.
   */
  void write(StateGroup group, Operand<T> each) {
    if (!before.has(group)) {
      return;
    }
    Operand<T> value = each;
    Operand<TInt64> epoch = before.epoch();
    if (isColumnwise()) {
      Operand<TBool> counts =
          tf.math.logicalAnd(before.isRunning(tf), tf.math.lessEqual(each, inputs.lossLimit()));
      value =
          tf.min(
              tf.select(counts, each, Constants.scalar(tf, Double.POSITIVE_INFINITY, each)),
              tf.constant(0));
      // Those that run have all run as many.
      epoch = tf.max(epoch, tf.constant(0));
    }
    Operand<TInt64> index = tf.math.sub(epoch, inputs.firstEpoch());
    keep(
        group,
        List.of(
            tf.tensorScatterNdUpdate(
                before.scalar(group),
                tf.reshape(index, tf.constant(new int[] {1, 1})),
                tf.reshape(value, tf.constant(new int[] {1})))));
  }

  /**
   * Ends the training where the loss fell by too little.
   *
   * @param from what the next epoch's progress is measured from: {@code loss}, or infinity
   */
  void progress(Operand<T> loss, Operand<T> from) {
    Double least = descent.stops().minRelProgress();
    if (least == null) {
      return;
    }
    Operand<T> previous = before.scalar(StateGroup.PREVIOUS_LOSS);
    // In the first epoch infinity less a loss is not less than infinity.
    Operand<TBool> little =
        tf.math.less(
            tf.math.sub(previous, loss),
            tf.math.mul(Constants.scalar(tf, least, loss), tf.math.abs(previous)));
    keep(StateGroup.PREVIOUS_LOSS, List.of(from));
    endIf(little, LoopStatus.TOO_LITTLE_PROGRESS);
  }

  /**
   * Ends the training where no lower loss came for too long, and keeps the best parameters.
   *
   * @param loss of the training rows
   * @param parameters that are judged
   */
  void patience(Operand<T> loss, List<Operand<T>> parameters) {
    Operand<T> watched = loss;
    if (descent.validation() != null) {
      watched = descent.validation().loss(tf, parameters, inputs.validationData());
      write(StateGroup.VALIDATION_LOSSES, watched);
    }
    Integer patience = descent.stops().patience();
    if (patience == null) {
      return;
    }
    List<Operand<T>> best = before.group(StateGroup.BEST);
    Operand<TBool> lower = tf.math.less(watched, best.get(0));
    Operand<T> since =
        tf.select(
            lower,
            Constants.scalar(tf, 0, watched),
            tf.math.add(best.get(1), Constants.scalar(tf, 1, watched)));
    List<Operand<T>> updated = new ArrayList<>();
    updated.add(tf.select(lower, watched, best.get(0)));
    updated.add(since);
    updated.addAll(choose(lower, parameters, best.subList(2, best.size())));
    keep(StateGroup.BEST, updated);
    endIf(
        tf.math.greaterEqual(since, Constants.scalar(tf, patience, watched)),
        LoopStatus.OUT_OF_PATIENCE);
  }

  /** Ends the training where no component of the gradient is above the tolerance. */
  void tolerance(List<Operand<T>> gradients, List<Operand<T>> parameters) {
    Double tolerance = descent.stops().tolerance();
    if (tolerance == null) {
      return;
    }
    Operand<T> largest = Constants.scalar(tf, 0, parameters.get(0));
    for (int i = 0; i < parameters.size(); i++) {
      Operand<T> residual = gradients.get(i);
      if (!descent.proximal().equals(Proximal.NONE)) {
        Operand<T> stepped = tf.math.sub(parameters.get(i), residual);
        residual =
            tf.math.sub(
                parameters.get(i),
                descent
                    .proximal()
                    .apply(tf, i, stepped, Constants.scalar(tf, 1, parameters.get(0))));
      }
      largest =
          tf.math.maximum(
              largest, tf.max(tf.math.abs(residual), tf.constant(descent.axes(residual))));
    }
    endIf(
        tf.math.lessEqual(largest, Constants.scalar(tf, tolerance, parameters.get(0))),
        LoopStatus.GRADIENT_WITHIN_TOLERANCE);
  }

  /** Ends the training with a status; of several rules the last one asked counts. */
  void endIf(Operand<TBool> condition, LoopStatus reason) {
    status = tf.select(condition, tf.constant(reason.code()), status);
  }

  /** The state after the epoch; a column that had ended before it stays as it was. */
  LoopState<T> after() {
    if (!isColumnwise()) {
      return new LoopState<>(tf.math.add(before.epoch(), tf.constant(1L)), status, after);
    }
    Operand<TBool> running = before.isRunning(tf);
    Map<StateGroup, List<Operand<T>>> kept = new EnumMap<>(StateGroup.class);
    after.forEach(
        (group, tensors) ->
            kept.put(
                group,
                group.isLasting() ? choose(running, tensors, before.group(group)) : tensors));
    return new LoopState<>(
        tf.math.add(before.epoch(), tf.dtypes.cast(running, TInt64.class)),
        tf.select(running, status, before.status()),
        kept);
  }

  private boolean isColumnwise() {
    return descent.objective().isColumnwise();
  }

  /** The one list or the other. */
  List<Operand<T>> choose(Operand<TBool> condition, List<Operand<T>> yes, List<Operand<T>> no) {
    List<Operand<T>> chosen = new ArrayList<>();
    for (int i = 0; i < yes.size(); i++) {
      chosen.add(tf.select(condition, yes.get(i), no.get(i)));
    }
    return chosen;
  }

  /** All axes of an operand, for a reduction to a scalar. */
  static <T extends TFloating> int[] axes(Operand<T> operand) {
    int[] axes = new int[operand.shape().numDimensions()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    return axes;
  }
}
