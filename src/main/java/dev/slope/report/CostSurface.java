package dev.slope.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The squared loss as a function of the parameters, {@code loss* + (b - b*)' H (b - b*) / 2}, on
 * the scale that the model trains on, and how gradient descent went down.
 *
 * @param names of the parameters
 * @param hessian H, row by row
 * @param optimum b*
 * @param optimalLoss loss*
 * @param start where training began
 * @param shown the places of the two parameters that are drawn
 * @param largestEigenvalue of H: steps diverge from the rate 2 divided by it on
 * @param learningRate that trained, where it was one of plain gradient descent; else null
 * @param epochs that steps are drawn of
 */
public record CostSurface(
    List<String> names,
    List<Double> hessian,
    List<Double> optimum,
    double optimalLoss,
    List<Double> start,
    List<Integer> shown,
    double largestEigenvalue,
    @Nullable Double learningRate,
    int epochs) {
  /** Quick and without zigzag, of the largest rate that does not diverge. */
  private static final double GOOD_PART = 0.5;

  /** Nobody looks at parameters that are this far off. */
  private static final double FAR = 1e12;

  public CostSurface {
    names = List.copyOf(names);
    hessian = List.copyOf(hessian);
    optimum = List.copyOf(optimum);
    start = List.copyOf(start);
    shown = List.copyOf(shown);
  }

  /** Whether there is something to see: all is finite, and the loss is not the same everywhere. */
  public boolean canBeDrawn() {
    return largestEigenvalue > 0
        && Stream.of(hessian, optimum, start, List.of(optimalLoss, largestEigenvalue))
            .flatMap(List::stream)
            .allMatch(Double::isFinite);
  }

  /** The learning rate that is drawn: that of the training, or one that does well. */
  public double drawnRate() {
    return learningRate != null ? learningRate : GOOD_PART * 2 / largestEigenvalue;
  }

  /**
   * The steps of full-batch gradient descent, {@code b - rate H (b - b*)}, the start first. Ends
   * early where it diverges.
   */
  public List<double[]> path(double rate) {
    List<double[]> path = new ArrayList<>();
    double[] at = array(start);
    path.add(at);
    for (int epoch = 0; epoch < epochs && isNear(at); epoch++) {
      double[] next = at.clone();
      for (int i = 0; i < at.length; i++) {
        double slope = 0;
        for (int j = 0; j < at.length; j++) {
          slope += curvature(i, j) * (at[j] - optimum.get(j));
        }
        next[i] -= rate * slope;
      }
      path.add(next);
      at = next;
    }
    return path;
  }

  private static boolean isNear(double[] parameters) {
    return DoubleStream.of(parameters).allMatch(value -> Math.abs(value) < FAR);
  }

  /** An element of H. */
  double curvature(int row, int column) {
    return hessian.get(row * optimum.size() + column);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
