package dev.slope.training.secondorder;

import dev.slope.training.secondorder.Objective.Evaluation;

/**
 * Tells a loss that falls for ever from one with an optimum, as that of classes which a linear
 * function separates: there the loss of a row falls like {@code exp(-score)}, and each Newton step
 * promises and keeps the same however far it is followed.
 */
final class Recession {
  /** For the user. */
  static final String WARNING =
      "no finite optimum: the loss falls for ever as the weights grow, as where the features"
          + " separate the classes perfectly, or a level has only zero counts; the weights are those"
          + " where training stopped; set /model/l2 above 0 to have an optimum";

  /** Regular problems have converged by then. */
  private static final int REGULAR_ITERATIONS = 8;

  private static final double STEPS = 10;

  private Recession() {}

  /**
   * Whether ten Newton steps in a row still lower the loss: on a quadratic that raises it by 40
   * times the slope, on an exponential tail it gains the whole slope.
   */
  static boolean along(
      Objective objective, double[] parameters, double[] step, Evaluation now, int iterations) {
    if (iterations <= REGULAR_ITERATIONS) {
      return false;
    }
    double slope = Vectors.dot(now.gradient(), step);
    if (-slope <= Resolution.of(objective.precision()).ofSlope() * Math.abs(now.loss())) {
      return false;
    }
    double far = objective.evaluate(Vectors.plus(parameters, STEPS, step)).loss();
    return far < now.loss() + slope / 2;
  }

  /** Whether twice the parameters more than halve a loss that is already small. */
  static boolean beyond(Objective objective, double[] parameters, Evaluation now, double first) {
    return now.loss() > 0
        && now.loss() < 0.01 * first
        && objective.evaluate(Vectors.scaled(2, parameters)).loss() < now.loss() / 2;
  }
}
