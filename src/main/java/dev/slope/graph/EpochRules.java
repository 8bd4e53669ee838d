package dev.slope.graph;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * What is written down of an epoch, and whether another one follows; the same for every plan.
 *
 * <p>Whatever a training doesn't ask for adds no op.
 */
final class EpochRules {
  private final Ops tf;
  private final Descent descent;
  private final LoopState before;
  private final LoopInputs inputs;
  private final Map<StateGroup, List<Operand<TFloat32>>> after = new EnumMap<>(StateGroup.class);
  private Operand<TInt32> status;

  /**
   * The rules of one epoch.
   *
   * @param before the state that the epoch started from
   */
  EpochRules(Ops tf, Descent descent, LoopState before, LoopInputs inputs) {
    this.tf = tf;
    this.descent = descent;
    this.before = before;
    this.inputs = inputs;
    this.status = before.status();
  }

  /** Keeps tensors for the next epoch. */
  void keep(StateGroup group, List<Operand<TFloat32>> tensors) {
    after.put(group, tensors);
  }

  /** Writes a scalar down under this epoch's number in the call, where the group is there. */
  void write(StateGroup group, Operand<TFloat32> value) {
    if (!before.has(group)) {
      return;
    }
    Operand<TInt64> index = tf.math.sub(before.epoch(), inputs.firstEpoch());
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
  void progress(Operand<TFloat32> loss, Operand<TFloat32> from) {
    Float least = descent.stops().minRelProgress();
    if (least == null) {
      return;
    }
    Operand<TFloat32> previous = before.scalar(StateGroup.PREVIOUS_LOSS);
    // In the first epoch infinity less a loss is not less than infinity.
    Operand<TBool> little =
        tf.math.less(
            tf.math.sub(previous, loss), tf.math.mul(tf.constant(least), tf.math.abs(previous)));
    keep(StateGroup.PREVIOUS_LOSS, List.of(from));
    endIf(little, LoopStatus.TOO_LITTLE_PROGRESS);
  }

  /**
   * Ends the training where no lower loss came for too long, and keeps the best parameters.
   *
   * @param loss of the training rows
   * @param parameters that are judged
   */
  void patience(Operand<TFloat32> loss, List<Operand<TFloat32>> parameters) {
    Operand<TFloat32> watched = loss;
    if (descent.validation() != null) {
      watched = descent.validation().loss(tf, parameters, inputs.validationData());
      write(StateGroup.VALIDATION_LOSSES, watched);
    }
    Integer patience = descent.stops().patience();
    if (patience == null) {
      return;
    }
    List<Operand<TFloat32>> best = before.group(StateGroup.BEST);
    Operand<TBool> lower = tf.math.less(watched, best.get(0));
    Operand<TFloat32> since =
        tf.select(lower, tf.constant(0f), tf.math.add(best.get(1), tf.constant(1f)));
    List<Operand<TFloat32>> updated = new ArrayList<>();
    updated.add(tf.select(lower, watched, best.get(0)));
    updated.add(since);
    updated.addAll(choose(lower, parameters, best.subList(2, best.size())));
    keep(StateGroup.BEST, updated);
    endIf(tf.math.greaterEqual(since, tf.constant((float) patience)), LoopStatus.OUT_OF_PATIENCE);
  }

  /** Ends the training where no component of the gradient is above the tolerance. */
  void tolerance(List<Operand<TFloat32>> gradients, List<Operand<TFloat32>> parameters) {
    Float tolerance = descent.stops().tolerance();
    if (tolerance == null) {
      return;
    }
    Operand<TFloat32> largest = tf.constant(0f);
    for (int i = 0; i < parameters.size(); i++) {
      Operand<TFloat32> residual = gradients.get(i);
      if (!descent.proximal().equals(Proximal.NONE)) {
        Operand<TFloat32> stepped = tf.math.sub(parameters.get(i), residual);
        residual =
            tf.math.sub(
                parameters.get(i), descent.proximal().apply(tf, i, stepped, tf.constant(1f)));
      }
      largest =
          tf.math.maximum(largest, tf.max(tf.math.abs(residual), tf.constant(axes(residual))));
    }
    endIf(tf.math.lessEqual(largest, tf.constant(tolerance)), LoopStatus.GRADIENT_WITHIN_TOLERANCE);
  }

  /** Ends the training with a status; of several rules the last one asked counts. */
  void endIf(Operand<TBool> condition, LoopStatus reason) {
    status = tf.select(condition, tf.constant(reason.code()), status);
  }

  /** The state after the epoch. */
  LoopState after() {
    return new LoopState(tf.math.add(before.epoch(), tf.constant(1L)), status, after);
  }

  /** The one list or the other. */
  List<Operand<TFloat32>> choose(
      Operand<TBool> condition, List<Operand<TFloat32>> yes, List<Operand<TFloat32>> no) {
    List<Operand<TFloat32>> chosen = new ArrayList<>();
    for (int i = 0; i < yes.size(); i++) {
      chosen.add(tf.select(condition, yes.get(i), no.get(i)));
    }
    return chosen;
  }

  /** All axes of an operand, for a reduction to a scalar. */
  static int[] axes(Operand<TFloat32> operand) {
    int[] axes = new int[operand.shape().numDimensions()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    return axes;
  }
}
