package dev.slope.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A quantile of weighted values that are visited, never kept: scikit-learn's {@code
 * averaged_inverted_cdf}, which with equal weights and the level 1/2 is the median. It is the least
 * value that has that part of the weight at or below it, and where it has just that part, the mean
 * of it and the next.
 *
 * <p>A visit sums up the weights in {@link BitRanges}, the next one looks into the range that the
 * quantile is in, until few enough values are left to sort.
 */
final class WeightedQuantile {
  /** Values that are sorted: 3 MB of them. */
  private static final long FEW = 1 << 16;

  /** Parts of a sum of weights that are rounding. */
  private static final double ROUNDING = 1e-12;

  /** A value with its weight. */
  private record Weighed(double value, double weight) {}

  private final WeightedValues values;
  private double below;
  private double target;
  private double rounding;

  private WeightedQuantile(WeightedValues values) {
    this.values = values;
  }

  /**
   * A quantile.
   *
   * @param level which one, above 0 and below 1
   * @param values at least one, with weights above 0
   */
  static double of(double level, WeightedValues values) {
    return new WeightedQuantile(values).find(level);
  }

  private double find(double level) {
    long prefix = 0;
    int known = 0;
    while (true) {
      BitRanges ranges = BitRanges.of(values, prefix, known);
      if (known == 0) {
        double total = 0;
        for (int range = 0; range < BitRanges.COUNT; range++) {
          total += ranges.weight(range);
        }
        target = level * total;
        rounding = ROUNDING * total;
      }
      int range = reaching(ranges);
      prefix = prefix << BitRanges.BITS | range;
      known += BitRanges.BITS;
      if (ranges.count(range) <= FEW) {
        return among(prefix, known);
      }
      if (known == Long.SIZE) {
        return ofEqual(BitRanges.fromSortable(prefix), ranges.weight(range));
      }
    }
  }

  /** The first range in which the target is reached; {@link #below} is then what lies before it. */
  private int reaching(BitRanges ranges) {
    int last = 0;
    for (int range = 0; range < BitRanges.COUNT; range++) {
      if (ranges.count(range) > 0) {
        last = range;
        if (below + ranges.weight(range) >= target - rounding) {
          return range;
        }
        below += ranges.weight(range);
      }
    }
    // Rounding alone kept it from being reached.
    below -= ranges.weight(last);
    return last;
  }

  /** All bits are known: the values of the range are equal. */
  private double ofEqual(double value, double weight) {
    return below + weight - target > rounding ? value : meanWithNext(value);
  }

  private double among(long prefix, int known) {
    List<Weighed> inRange = new ArrayList<>();
    int shift = Long.SIZE - known;
    values.forEach(
        (value, weight) -> {
          if (BitRanges.sortable(value) >>> shift == prefix) {
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
}
