package dev.slope.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A quantile of weighted values that are visited, never kept: scikit-learn's {@code
 * averaged_inverted_cdf}, which with equal weights and the level 1/2 is the median. It is the least
 * value that has that part of the weight at or below it, and where it has just that part, the mean
 * of it and the next.
 *
 * <p>The bits of the values order them. A visit sums up the weights by 16 of the bits, the next one
 * looks into the range that the quantile is in, until few enough values are left to sort.
 */
final class WeightedQuantile {
  private static final int BITS = 16;
  private static final int RANGES = 1 << BITS;

  /** Values that are sorted: 3 MB of them. */
  private static final long FEW = 1 << 16;

  /** Parts of a sum of weights that are rounding. */
  private static final double ROUNDING = 1e-12;

  /** Values that can be visited again, always the same in the same order. */
  @FunctionalInterface
  interface Values {
    void forEach(Visitor visitor);
  }

  /** Takes a value, which is finite, and its weight, which is above 0. */
  @FunctionalInterface
  interface Visitor {
    void visit(double value, double weight);
  }

  /** A value with its weight. */
  private record Weighed(double value, double weight) {}

  private final Values values;
  private final double[] weights = new double[RANGES];
  private final long[] counts = new long[RANGES];
  private double below;
  private double target;
  private double rounding;

  private WeightedQuantile(Values values) {
    this.values = values;
  }

  /**
   * A quantile.
   *
   * @param level which one, above 0 and below 1
   * @param values at least one
   */
  static double of(double level, Values values) {
    return new WeightedQuantile(values).find(level);
  }

  private double find(double level) {
    long prefix = 0;
    int known = 0;
    while (true) {
      countBy(prefix, known);
      if (known == 0) {
        double total = 0;
        for (double weight : weights) {
          total += weight;
        }
        target = level * total;
        rounding = ROUNDING * total;
      }
      int range = range();
      prefix = prefix << BITS | range;
      known += BITS;
      if (known == Long.SIZE || counts[range] <= FEW) {
        return among(prefix, known, counts[range] <= FEW);
      }
    }
  }

  private void countBy(long prefix, int known) {
    Arrays.fill(weights, 0);
    Arrays.fill(counts, 0);
    int shift = Long.SIZE - BITS - known;
    values.forEach(
        (value, weight) -> {
          long bits = sortable(value) >>> shift;
          if (known == 0 || bits >>> BITS == prefix) {
            int range = (int) (bits & (RANGES - 1));
            weights[range] += weight;
            counts[range]++;
          }
        });
  }

  /** The first range in which the target is reached; {@link #below} is then what lies before it. */
  private int range() {
    int last = 0;
    for (int range = 0; range < RANGES; range++) {
      if (counts[range] > 0) {
        last = range;
        if (below + weights[range] >= target - rounding) {
          return range;
        }
        below += weights[range];
      }
    }
    // Rounding alone kept it from being reached.
    below -= weights[last];
    return last;
  }

  private double among(long prefix, int known, boolean few) {
    if (!few) {
      // All bits are known: the values are equal.
      double value = fromSortable(prefix);
      return below + weights[(int) (prefix & (RANGES - 1))] - target > rounding
          ? value
          : meanWithNext(value);
    }
    List<Weighed> inRange = new ArrayList<>();
    int shift = Long.SIZE - known;
    values.forEach(
        (value, weight) -> {
          if (sortable(value) >>> shift == prefix) {
            inRange.add(new Weighed(value, weight));
          }
        });
    inRange.sort(Comparator.comparingDouble(Weighed::value));
    double reached = below;
    for (int i = 0; i < inRange.size(); i++) {
      double value = inRange.get(i).value;
      reached += inRange.get(i).weight;
      boolean isLastOfEqual = i + 1 == inRange.size() || inRange.get(i + 1).value != value;
      if (isLastOfEqual && reached >= target - rounding) {
        return reached - target > rounding ? value : meanWithNext(value);
      }
    }
    return inRange.get(inRange.size() - 1).value;
  }

  /** The mean of a value and the least above it; itself where there is none. */
  private double meanWithNext(double value) {
    double[] next = {Double.POSITIVE_INFINITY};
    values.forEach(
        (each, weight) -> {
          if (each > value && each < next[0]) {
            next[0] = each;
          }
        });
    return Double.isInfinite(next[0]) ? value : value + (next[0] - value) / 2;
  }

  /** An unsigned number that orders as the double does; both zeros are one. */
  private static long sortable(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return bits ^ ((bits >> (Long.SIZE - 1)) | Long.MIN_VALUE);
  }

  private static double fromSortable(long sortable) {
    return Double.longBitsToDouble(sortable < 0 ? sortable ^ Long.MIN_VALUE : ~sortable);
  }
}
