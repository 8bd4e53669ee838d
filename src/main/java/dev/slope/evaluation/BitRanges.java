package dev.slope.evaluation;

/**
 * How many values are in each range of neighbouring doubles, and how much they weigh. The bits of
 * the values order them: those of a range have the same leading bits, {@link #BITS} more than the
 * range that all of them are in.
 */
final class BitRanges {
  /** So many bits tell one range from another. */
  static final int BITS = 16;

  /** So many ranges, from the least values up. */
  static final int COUNT = 1 << BITS;

  private final long[] counts = new long[COUNT];
  private final double[] weights = new double[COUNT];

  private BitRanges() {}

  /**
   * Counts some values; it visits all of them.
   *
   * @param prefix the leading bits of those that count, as of {@link #sortable}
   * @param known how many these are; 0 where all values count
   */
  static BitRanges of(WeightedValues values, long prefix, int known) {
    BitRanges ranges = new BitRanges();
    int shift = Long.SIZE - BITS - known;
    values.forEach(
        (value, weight) -> {
          long bits = sortable(value) >>> shift;
          if (known == 0 || bits >>> BITS == prefix) {
            int range = (int) (bits & (COUNT - 1));
            ranges.counts[range]++;
            ranges.weights[range] += weight;
          }
        });
    return ranges;
  }

  /** How many values a range has. */
  long count(int range) {
    return counts[range];
  }

  /** The sum of the weights of a range. */
  double weight(int range) {
    return weights[range];
  }

  /** An unsigned number that orders as the double does; both zeros are one. */
  static long sortable(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return bits ^ ((bits >> (Long.SIZE - 1)) | Long.MIN_VALUE);
  }

  /** The double that orders as the number does. */
  static double fromSortable(long sortable) {
    return Double.longBitsToDouble(sortable < 0 ? sortable ^ Long.MIN_VALUE : ~sortable);
  }
}
