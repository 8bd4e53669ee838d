package dev.slope.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * How the parameters go down an objective, epoch by epoch.
 *
 * @param objective what is minimised
 * @param validation the objective of the validation rows, where there are any
 * @param rule the step
 * @param proximal what follows a step: l1 and bounds
 * @param schedule the learning rate's course
 * @param lineSearch whether each step tries several rates; the rule remembers nothing then
 * @param stops what ends it early
 * @param clipNorm the longest gradient, over all parameters together; longer ones are scaled down
 * @param batches how an epoch is cut into steps, the objective then being that of one batch; null
 *     where an epoch is one step over everything
 * @param summed whether the batches' gradients are added up to one step an epoch, which is then the
 *     full-batch one
 */
public record Descent(
    Objective objective,
    @Nullable Objective validation,
    UpdateRule rule,
    Proximal proximal,
    LearningRateSchedule schedule,
    boolean lineSearch,
    StopRules stops,
    @Nullable Double clipNorm,
    @Nullable Batches batches,
    boolean summed) {
  public Descent {
    if (lineSearch && rule.slotsPerParameter() > 0) {
      throw new IllegalArgumentException(
          "a line search must have a rule without slots, but was " + rule);
    }
    if (objective.isColumnwise() && (lineSearch || batches != null)) {
      throw new IllegalArgumentException(
          "columns that train by themselves must take one step an epoch, without a line search");
    }
    if (batches != null && (lineSearch || (stops.tolerance() != null && !summed))) {
      throw new IllegalArgumentException(
          "a line search and a tolerance must look at all rows, but batches are " + batches);
    }
  }

  /** Weights and intercepts. */
  List<Shape> parameterShapes() {
    return List.of(objective.model().weights(), objective.model().intercepts());
  }

  /** The shape of what a training has one of: a scalar, or a vector where each column is one. */
  Shape each() {
    return objective.isColumnwise() ? objective.model().intercepts() : Shape.scalar();
  }

  /** The axes that a training sums up over to a number of its own. */
  <T extends TFloating> int[] axes(Operand<T> operand) {
    int[] all = EpochRules.axes(operand);
    return objective.isColumnwise() ? Arrays.copyOf(all, all.length - 1) : all;
  }

  /** Whether the rate of an epoch isn't simply the learning rate. */
  boolean rateChanges() {
    return lineSearch || !(schedule instanceof ConstantRate);
  }

  /**
   * The shapes of all that the loop carries.
   *
   * @param maxEpochsPerCall the length of what is written down epoch by epoch
   */
  Map<StateGroup, List<Shape>> layout(int maxEpochsPerCall) {
    Map<StateGroup, List<Shape>> layout = new EnumMap<>(StateGroup.class);
    layout.put(StateGroup.PARAMETERS, parameterShapes());
    layout.put(StateGroup.SLOTS, slotShapes());
    layout.put(StateGroup.LAST_GOOD, parameterShapes());
    layout.put(StateGroup.SCHEDULE, numbers(schedule.initialState().length));
    layout.put(StateGroup.SEARCH_RATE, numbers(lineSearch ? 1 : 0));
    layout.put(StateGroup.PREVIOUS_LOSS, numbers(stops.minRelProgress() == null ? 0 : 1));
    if (stops.patience() != null) {
      List<Shape> best = new ArrayList<>(numbers(2));
      best.addAll(parameterShapes());
      layout.put(StateGroup.BEST, best);
    }
    List<Shape> anEpoch = List.of(Shape.of(maxEpochsPerCall));
    layout.put(StateGroup.LOSSES, anEpoch);
    if (objective.isColumnwise()) {
      return layout;
    }
    if (rateChanges()) {
      layout.put(StateGroup.RATES, anEpoch);
    }
    if (validation != null) {
      layout.put(StateGroup.VALIDATION_LOSSES, anEpoch);
    }
    return layout;
  }

  /** What the rule remembers: all slots of the weights, then all of the intercepts. */
  List<Shape> slotShapes() {
    List<Shape> shapes = new ArrayList<>();
    for (Shape parameter : parameterShapes()) {
      for (int slot = 0; slot < rule.slotsPerParameter(); slot++) {
        shapes.add(parameter);
      }
    }
    return shapes;
  }

  private List<Shape> numbers(int count) {
    return Collections.nCopies(count, each());
  }
}
