package dev.slope.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * What the predictions of a label miss, and the quantiles of that beside those of a normal
 * distribution: the i-th smallest of n at the probability (i - 1/2) / n (Hazen 1914).
 *
 * @param predicted of each row
 * @param residuals of the same rows: actual less predicted
 * @param sorted the residuals, ascending
 * @param normal the standard normal distribution's quantile of each of {@code sorted}
 * @param mean of the residuals
 * @param standardDeviation of the same, in population form
 */
public record Residuals(
    List<Double> predicted,
    List<Double> residuals,
    List<Double> sorted,
    List<Double> normal,
    double mean,
    double standardDeviation) {
  public Residuals {
    predicted = List.copyOf(predicted);
    residuals = List.copyOf(residuals);
    sorted = List.copyOf(sorted);
    normal = List.copyOf(normal);
  }

  /** By label, those of the rows with finite numbers; labels without one are left out. */
  public static Map<String, Residuals> perLabel(ReportRows rows) {
    Map<String, Residuals> perLabel = new LinkedHashMap<>();
    rows.targets()
        .forEach(
            (label, actual) -> {
              Residuals residuals = of(actual, rows.predictions(label));
              if (!residuals.sorted.isEmpty()) {
                perLabel.put(label, residuals);
              }
            });
    return perLabel;
  }

  static Residuals of(List<Double> actual, List<Double> predicted) {
    List<Double> answers = new ArrayList<>();
    List<Double> residuals = new ArrayList<>();
    for (int row = 0; row < actual.size(); row++) {
      double residual = actual.get(row) - predicted.get(row);
      if (Double.isFinite(residual)) {
        answers.add(predicted.get(row));
        residuals.add(residual);
      }
    }
    int count = residuals.size();
    double mean = residuals.stream().mapToDouble(Double::doubleValue).sum() / count;
    double squares = residuals.stream().mapToDouble(each -> (each - mean) * (each - mean)).sum();
    NormalDistribution standard = new NormalDistribution();
    return new Residuals(
        answers,
        residuals,
        residuals.stream().sorted().toList(),
        IntStream.range(0, count)
            .mapToObj(i -> standard.inverseCumulativeProbability((i + 0.5) / count))
            .toList(),
        mean,
        Math.sqrt(squares / count));
  }
}
