package dev.slope.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.Shape;

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
    if (batches != null && (lineSearch || (stops.tolerance() != null && !summed))) {
      throw new IllegalArgumentException(
          "a line search and a tolerance must look at all rows, but batches are " + batches);
    }
  }

  /** Weights and intercepts. */
  List<Shape> parameterShapes() {
    return List.of(objective.model().weights(), objective.model().intercepts());
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
    layout.put(StateGroup.SCHEDULE, scalars(schedule.initialState().length));
    layout.put(StateGroup.SEARCH_RATE, scalars(lineSearch ? 1 : 0));
    layout.put(StateGroup.PREVIOUS_LOSS, scalars(stops.minRelProgress() == null ? 0 : 1));
    if (stops.patience() != null) {
      List<Shape> best = new ArrayList<>(scalars(2));
      best.addAll(parameterShapes());
      layout.put(StateGroup.BEST, best);
    }
    List<Shape> anEpoch = List.of(Shape.of(maxEpochsPerCall));
    layout.put(StateGroup.LOSSES, anEpoch);
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

  private static List<Shape> scalars(int count) {
    return Collections.nCopies(count, Shape.scalar());
  }
}
