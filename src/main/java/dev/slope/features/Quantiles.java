package dev.slope.features;

import dev.slope.config.Precision;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Quantiles of numbers by linear interpolation, as {@code numpy.quantile} has them by default: the
 * fraction p of n sorted numbers is at the place {@code (n - 1) p}, counted from 0, and between two
 * numbers in proportion.
 */
final class Quantiles {
  private final int parts;
  private final Precision precision;
  private final OrderStatistics numbers;
  private long count;
  private long[] ranks = {};

  /**
   * The numbers between parts of equal size; the median is that between two.
   *
   * @param precision which all numbers have
   */
  Quantiles(int parts, Precision precision) {
    this.parts = parts;
    this.precision = precision;
    this.numbers = new OrderStatistics(precision);
  }

  /** Takes a number, in each pass the same ones. */
  void add(double value) {
    numbers.add(value);
  }

  /** Ends the first pass, in which there were {@code count} numbers; at least 1. */
  void endFirstPass(long count) {
    this.count = count;
    ranks =
        LongStream.range(1, parts)
            .flatMap(part -> LongStream.of(below(part), Math.min(below(part) + 1, count - 1)))
            .distinct()
            .sorted()
            .toArray();
    numbers.want(ranks);
  }

  /**
   * Ends a later pass.
   *
   * @return whether there is another
   */
  boolean endPass() {
    return numbers.endPass();
  }

  /** The quantiles, ascending, in the numbers' precision. */
  double[] values() {
    double[] sorted = numbers.values();
    double[] quantiles = new double[parts - 1];
    for (int part = 1; part < parts; part++) {
      int below = Arrays.binarySearch(ranks, below(part));
      double from = sorted[below];
      double fraction = (double) ((count - 1) * part % parts) / parts;
      quantiles[part - 1] =
          fraction == 0
              ? sorted[below]
              : precision.round(from + fraction * (sorted[below + 1] - from)) + 0.0;
    }
    return quantiles;
  }

  private long below(long part) {
    return (count - 1) * part / parts;
  }
}
