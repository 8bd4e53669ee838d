package dev.slope.evaluation;

import java.util.Arrays;

/**
 * Values from the highest down, equal ones in the order in which they were visited, in memory that
 * doesn't depend on how many they are. Both zeros are the positive one.
 *
 * <p>Up to a number of values are gathered and sorted. Of more, a visit counts how many are in each
 * of {@link BitRanges}; then neighbouring ranges that together have few enough are gathered and
 * sorted, one visit each, and a range that alone has too many is parted in the same way, until all
 * bits are known: equal values need no sorting.
 */
final class DescendingValues implements WeightedValues {
  /** Tells one gathered value from another. */
  private static final int PLACE_BITS = 22;

  /** Values that are gathered at once: 128 MiB of them, what the sort takes beside included. */
  static final int MOST = 1 << PLACE_BITS;

  private final WeightedValues values;
  private final long count;
  private final int most;

  /**
   * Values.
   *
   * @param values in any order
   * @param count how many they are
   * @param most to gather at once, 1 to {@link #MOST}
   */
  DescendingValues(WeightedValues values, long count, int most) {
    this.values = values;
    this.count = count;
    this.most = most;
  }

  @Override
  public void forEach(Visitor visitor) {
    Walk walk = new Walk((int) Math.min(count, most), visitor);
    if (count <= most) {
      walk.takeSorted(0, 0, BitRanges.COUNT - 1);
    } else {
      walk.takeParts(0, 0);
    }
  }

  /** One visit of all values, with what it gathers. */
  private final class Walk {
    private final Visitor visitor;
    private final double[] gathered;
    private final double[] weights;

    /** For each gathered value the bits that order it, highest first, and its place. */
    private final long[] order;

    private int size;

    Walk(int most, Visitor visitor) {
      this.visitor = visitor;
      this.gathered = new double[most];
      this.weights = new double[most];
      this.order = new long[most];
    }

    /**
     * Takes the values with some leading bits.
     *
     * @param known how many bits these are
     */
    void takeParts(long prefix, int known) {
      if (known == Long.SIZE) {
        takeEqual(prefix);
        return;
      }
      BitRanges ranges = BitRanges.of(values, prefix, known);
      for (int high = BitRanges.COUNT - 1; high >= 0; ) {
        long together = ranges.count(high);
        int low = high;
        while (low > 0 && together + ranges.count(low - 1) <= most) {
          low--;
          together += ranges.count(low);
        }
        long inner = prefix << BitRanges.BITS;
        if (together > most) {
          takeParts(inner | high, known + BitRanges.BITS);
        } else if (together > 0) {
          takeSorted(known, inner | low, inner | high);
        }
        high = low - 1;
      }
    }

    private void takeEqual(long bits) {
      values.forEach(
          (value, weight) -> {
            if (BitRanges.sortable(value) == bits) {
              visitor.visit(value + 0.0, weight);
            }
          });
    }

    /**
     * Takes the values of neighbouring ranges.
     *
     * @param known how many bits all of the values share
     * @param low the lowest range, as the bits that its values share
     * @param high the highest
     */
    void takeSorted(int known, long low, long high) {
      size = 0;
      int shift = Long.SIZE - BitRanges.BITS - known;
      values.forEach(
          (value, weight) -> {
            long bits = BitRanges.sortable(value);
            // As unsigned numbers: what is below the lowest wraps around to above the highest.
            if (Long.compareUnsigned((bits >>> shift) - low, high - low) <= 0) {
              gathered[size] = value + 0.0;
              weights[size] = weight;
              order[size] = leading(~bits) << PLACE_BITS | size;
              size++;
            }
          });
      Arrays.parallelSort(order, 0, size);
      for (int from = 0; from < size; ) {
        int to = from + 1;
        while (to < size && order[to] >> PLACE_BITS == order[from] >> PLACE_BITS) {
          to++;
        }
        sortByAllBits(from, to);
        for (; from < to; from++) {
          visitor.visit(value(from), weights[place(order[from])]);
        }
      }
    }

    /** As many bits as fit beside a place into a long that isn't negative. */
    private static long leading(long bits) {
      return bits >>> (PLACE_BITS + 1);
    }

    /** Values whose leading bits are equal may differ in the others. */
    private void sortByAllBits(int from, int to) {
      boolean equal = true;
      for (int i = from + 1; i < to && equal; i++) {
        equal = value(i) == value(from);
      }
      if (!equal) {
        long[] sorted =
            Arrays.stream(order, from, to)
                .boxed()
                .sorted(
                    (left, right) -> Double.compare(gathered[place(right)], gathered[place(left)]))
                .mapToLong(Long::longValue)
                .toArray();
        System.arraycopy(sorted, 0, order, from, sorted.length);
      }
    }

    private double value(int i) {
      return gathered[place(order[i])];
    }

    private static int place(long ordered) {
      return (int) ordered & (MOST - 1);
    }
  }
}
