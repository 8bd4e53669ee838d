package dev.slope.report;

import java.util.List;
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
 * @param shown the places of the two parameters that the page shows
 * @param largestEigenvalue of H: steps diverge from the rate 2 divided by it on
 * @param learningRate that trained, where it was one of plain gradient descent; else null
 * @param epochs that the page takes steps for
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
  public CostSurface {
    names = List.copyOf(names);
    hessian = List.copyOf(hessian);
    optimum = List.copyOf(optimum);
    start = List.copyOf(start);
    shown = List.copyOf(shown);
  }
}
