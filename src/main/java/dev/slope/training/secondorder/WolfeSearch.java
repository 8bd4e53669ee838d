package dev.slope.training.secondorder;

import dev.slope.training.secondorder.Objective.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * A step length along a descent direction that meets the strong Wolfe conditions: Nocedal and
 * Wright, "Numerical Optimization" (2006), algorithms 3.5 and 3.6, with cubic interpolation. Near
 * the optimum, where what a step gains is below the rounding of the loss, the slopes alone decide:
 * Hager and Zhang's approximate Wolfe conditions, "A New Conjugate Gradient Method with Guaranteed
 * Descent and an Efficient Line Search" (2005).
 */
final class WolfeSearch {
  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double CURVATURE = 0.9;
  private static final int MAX_EVALUATIONS = 40;

  private final Objective objective;
  private final double rounding;
  private final double[] start;
  private final double[] direction;
  private final Point origin;
  private int evaluations;

  /** A search from parameters whose value is known. */
  WolfeSearch(Objective objective, double[] start, double[] direction, Evaluation evaluation) {
    this.objective = objective;
    this.rounding = Resolution.of(objective.precision()).ofLosses();
    this.start = start;
    this.direction = direction;
    this.origin = new Point(0, evaluation, Vectors.dot(direction, evaluation.gradient()));
  }

  /**
   * A point on the line.
   *
   * @param length how many directions away from the start
   * @param slope along the direction
   */
  record Point(double length, Evaluation evaluation, double slope) {
    double[] step(double[] direction) {
      return Vectors.scaled(length, direction);
    }

    double loss() {
      return evaluation.loss();
    }
  }

  /**
   * A point that will do; null where no lower one is found.
   *
   * @param firstLength what to try first
   */
  @Nullable Point search(double firstLength) {
    Point before = origin;
    double length = firstLength;
    while (evaluations < MAX_EVALUATIONS) {
      Point point = at(length);
      if (isFarEnough(point)) {
        return point;
      }
      if (!decreasesEnough(point) || (evaluations > 1 && point.loss() >= before.loss())) {
        return zoom(before, point);
      }
      if (point.slope() >= 0) {
        return zoom(point, before);
      }
      before = point;
      length *= 4;
    }
    return lower(before);
  }

  /** Between a point that decreases enough, the best so far, and another. */
  private @Nullable Point zoom(Point best, Point other) {
    Point low = best;
    Point high = other;
    while (evaluations < MAX_EVALUATIONS) {
      Point point = at(between(low, high));
      if (isFarEnough(point)) {
        return point;
      }
      if (!decreasesEnough(point) || point.loss() >= low.loss()) {
        high = point;
      } else {
        if (point.slope() * (high.length() - low.length()) >= 0) {
          high = low;
        }
        low = point;
      }
    }
    return lower(low);
  }

  private @Nullable Point lower(Point point) {
    return point.loss() < origin.loss() ? point : null;
  }

  private Point at(double length) {
    evaluations++;
    Evaluation evaluation = objective.evaluate(Vectors.plus(start, length, direction));
    return new Point(length, evaluation, Vectors.dot(direction, evaluation.gradient()));
  }

  /** False for NaN. */
  private boolean decreasesEnough(Point point) {
    return point.loss() <= origin.loss() + SUFFICIENT_DECREASE * point.length() * origin.slope();
  }

  private boolean isFarEnough(Point point) {
    if (decreasesEnough(point)) {
      return Math.abs(point.slope()) <= -CURVATURE * origin.slope();
    }
    return point.loss() <= origin.loss() + rounding * Math.abs(origin.loss())
        && point.slope() >= CURVATURE * origin.slope()
        && point.slope() <= (2 * SUFFICIENT_DECREASE - 1) * origin.slope();
  }

  /** The minimum of the cubic through both, kept off the ends; the middle where there is none. */
  private static double between(Point low, Point high) {
    double width = high.length() - low.length();
    double secant = 3 * (low.loss() - high.loss()) / width + low.slope() + high.slope();
    double root = Math.sqrt(secant * secant - low.slope() * high.slope());
    double share =
        1
            - (high.slope() + Math.copySign(root, width) - secant)
                / (high.slope() - low.slope() + 2 * Math.copySign(root, width));
    if (!(share >= 0.1)) {
      share = Double.isNaN(share) ? 0.5 : 0.1;
    }
    return low.length() + Math.min(share, 0.9) * width;
  }
}
