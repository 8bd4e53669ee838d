package dev.slope.evaluation;

import java.util.List;

/**
 * The coefficients of one score with the scale of their inputs: {@code (x - offset) / divisor} of
 * the original x.
 *
 * @param names of the inputs
 * @param values one an input
 * @param intercept 0 where none is fitted
 * @param offsets one an input; 0 where the input is as it was
 * @param divisors one an input; 1 where the input is as it was
 */
@SuppressWarnings("ArrayRecordComponent") // read at once, never compared
public record ScaledCoefficients(
    List<String> names, double[] values, double intercept, double[] offsets, double[] divisors) {
  public ScaledCoefficients {
    names = List.copyOf(names);
    if (values.length != names.size()
        || offsets.length != names.size()
        || divisors.length != names.size()) {
      throw new IllegalArgumentException(
          "values, offsets and divisors must be %d each, but were %d, %d and %d"
              .formatted(names.size(), values.length, offsets.length, divisors.length));
    }
  }
}
