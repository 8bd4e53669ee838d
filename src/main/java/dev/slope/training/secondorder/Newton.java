package dev.slope.training.secondorder;

import dev.slope.training.secondorder.CurvedObjective.Curvature;
import dev.slope.training.secondorder.Objective.Evaluation;
import dev.slope.training.secondorder.SecondOrderResult.End;

/**
 * Newton's method with a line search; with the expected Hessian of a generalised linear model this
 * is iteratively reweighted least squares. A step solves {@code H s = -g}, of least norm where H is
 * singular, and is taken in full where that meets the Wolfe conditions.
 */
public final class Newton {
  private Newton() {}

  /** Minimises from a start, which is not changed. */
  public static SecondOrderResult minimise(
      CurvedObjective objective,
      double[] start,
      SecondOrderSettings settings,
      SecondOrderListener listener) {
    LossTrace trace = new LossTrace(listener);
    double[] parameters = start.clone();
    Curvature here = objective.curvature(parameters);
    if (!Double.isFinite(here.evaluation().loss())) {
      throw SecondOrderException.badStart(here.evaluation().loss(), objective.precision());
    }
    objective.collinear(here.hessian()).forEach(line -> trace.warn("collinear: " + line));
    Resolution resolution = Resolution.of(objective.precision());
    double least = 1e-6 * Math.abs(here.evaluation().loss());
    while (true) {
      Evaluation now = here.evaluation();
      if (!trace.begin(now)) {
        return trace.end(parameters, now, End.CANCELLED);
      }
      if (now.gradientNorm() <= settings.gradientTolerance()) {
        return trace.end(parameters, now, End.CONVERGED);
      }
      double[] step =
          SymmetricSystem.factor(here.hessian()).solve(Vectors.scaled(-1, now.gradient()), 1);
      double slope = Vectors.dot(now.gradient(), step);
      boolean last = false;
      if (slope < 0) {
        last = -slope <= resolution.ofNewtonStep() * Math.max(Math.abs(now.loss()), least);
        if (!last && Recession.along(objective, parameters, step, now, trace.iterations())) {
          trace.warn(Recession.WARNING);
          return trace.end(parameters, now, End.NO_FINITE_OPTIMUM);
        }
      } else {
        // No curvature along the slope, as where every row is beyond Huber's delta.
        step = Vectors.scaled(-1, now.gradient());
      }
      WolfeSearch.Point point = new WolfeSearch(objective, parameters, step, now).search(1);
      if (point == null) {
        // No step lowers a loss that is rounded any more.
        return trace.end(parameters, now, End.CONVERGED);
      }
      parameters = Vectors.plus(parameters, point.length(), step);
      if (last) {
        return trace.end(parameters, point.evaluation(), End.CONVERGED);
      }
      if (trace.iterations() == settings.maxIterations()) {
        return trace.end(parameters, point.evaluation(), End.ITERATIONS_DONE);
      }
      here = objective.curvature(parameters);
    }
  }
}
