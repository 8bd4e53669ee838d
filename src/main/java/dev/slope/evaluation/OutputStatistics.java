package dev.slope.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of one score.
 *
 * @param fit as a whole
 * @param coefficients one an input, on the original scale
 * @param intercept on the original scale; absent where none is fitted
 */
public record OutputStatistics(
    FitStatistics fit, List<Estimate> coefficients, @Nullable Estimate intercept) {
  public OutputStatistics {
    coefficients = List.copyOf(coefficients);
  }
}
