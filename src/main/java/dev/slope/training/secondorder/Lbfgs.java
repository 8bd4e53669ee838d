package dev.slope.training.secondorder;

import dev.slope.training.secondorder.Objective.Evaluation;
import dev.slope.training.secondorder.SecondOrderResult.End;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Limited-memory BFGS: Nocedal and Wright, "Numerical Optimization" (2006), algorithm 7.4, with the
 * strong Wolfe conditions by {@link WolfeSearch}.
 */
public final class Lbfgs {
  private Lbfgs() {}

  /** A step and what it did to the gradient. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Pair(double[] step, double[] change, double product) {}

  /**
   * Minimises from a start, which is not changed.
   *
   * @param memory how many steps it remembers, at least 1
   */
  public static SecondOrderResult minimise(
      Objective objective,
      double[] start,
      int memory,
      SecondOrderSettings settings,
      SecondOrderListener listener) {
    LossTrace trace = new LossTrace(listener);
    Deque<Pair> pairs = new ArrayDeque<>();
    double[] parameters = start.clone();
    Evaluation now = objective.evaluate(parameters);
    if (!Double.isFinite(now.loss())) {
      throw SecondOrderException.badStart(now.loss(), objective.precision());
    }
    double first = now.loss();
    double resolution = Resolution.of(objective.precision()).ofDescent();
    int stalled = 0;
    while (true) {
      if (!trace.begin(now)) {
        return trace.end(parameters, now, End.CANCELLED);
      }
      if (now.gradientNorm() <= settings.gradientTolerance() || stalled == 2) {
        return optimum(objective, parameters, now, first, trace);
      }
      double[] direction = direction(now.gradient(), pairs);
      if (!(Vectors.dot(direction, now.gradient()) < 0)) {
        pairs.clear();
        direction = Vectors.scaled(-1, now.gradient());
      }
      double firstLength =
          pairs.isEmpty()
              ? Math.min(1, 1 / Math.sqrt(Vectors.dot(now.gradient(), now.gradient())))
              : 1;
      WolfeSearch.Point point =
          new WolfeSearch(objective, parameters, direction, now).search(firstLength);
      if (point == null) {
        if (pairs.isEmpty()) {
          // Not even the gradient leads down: a loss that is rounded has no lower value near.
          return optimum(objective, parameters, now, first, trace);
        }
        pairs.clear();
        stalled++;
        continue;
      }
      Evaluation next = point.evaluation();
      remember(pairs, memory, point.step(direction), next, now);
      stalled = now.loss() - next.loss() <= resolution * Math.abs(now.loss()) ? stalled + 1 : 0;
      parameters = Vectors.plus(parameters, point.length(), direction);
      now = next;
      if (trace.iterations() == settings.maxIterations()) {
        return trace.end(parameters, now, End.ITERATIONS_DONE);
      }
    }
  }

  private static SecondOrderResult optimum(
      Objective objective, double[] parameters, Evaluation now, double first, LossTrace trace) {
    if (Recession.beyond(objective, parameters, now, first)) {
      trace.warn(Recession.WARNING);
      return trace.end(parameters, now, End.NO_FINITE_OPTIMUM);
    }
    return trace.end(parameters, now, End.CONVERGED);
  }

  private static void remember(
      Deque<Pair> pairs, int memory, double[] step, Evaluation next, Evaluation now) {
    double[] change = Vectors.minus(next.gradient(), now.gradient());
    double product = Vectors.dot(step, change);
    if (product > 1e-10 * Vectors.dot(change, change)) {
      if (pairs.size() == memory) {
        pairs.removeFirst();
      }
      pairs.addLast(new Pair(step, change, product));
    }
  }

  /** The two-loop recursion: minus the remembered inverse Hessian times the gradient. */
  private static double[] direction(double[] gradient, Deque<Pair> pairs) {
    double[] direction = Vectors.scaled(-1, gradient);
    List<Double> shares = new ArrayList<>();
    for (Iterator<Pair> newest = pairs.descendingIterator(); newest.hasNext(); ) {
      Pair pair = newest.next();
      double share = Vectors.dot(pair.step(), direction) / pair.product();
      Vectors.add(direction, -share, pair.change());
      shares.add(share);
    }
    if (!pairs.isEmpty()) {
      Pair last = pairs.getLast();
      direction =
          Vectors.scaled(last.product() / Vectors.dot(last.change(), last.change()), direction);
    }
    int index = shares.size();
    for (Pair pair : pairs) {
      double share = Vectors.dot(pair.change(), direction) / pair.product();
      Vectors.add(direction, shares.get(--index) - share, pair.step());
    }
    return direction;
  }
}
