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

  /** Beside the bits that order a value: its place, and the sign of its weight. */
  private static final int OTHER_BITS = PLACE_BITS + 1;

  private static final long OTHER_MASK = (1L << OTHER_BITS) - 1;

  /** A pass of the sort tells so many bits apart. */
  private static final int DIGIT_BITS = 11;

  private static final int DIGITS = 1 << DIGIT_BITS;

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

    /**
     * For each gathered value the leading bits that order it, highest first, its place and the sign
     * of its weight. Most often that is all there is to it, as of a float32 that counts once: then
     * the arrays beside, in no order, are not looked at.
     */
    private long[] order;

    /** As long; the sort goes to and fro. */
    private long[] other;

    private final int[] starts = new int[DIGITS];
    private int size;

    /** The bits of all gathered values, one or the other. */
    private long bitsOfAny;

    /** Whether each gathered weight is 1 or -1. */
    private boolean countsOnce;

    Walk(int most, Visitor visitor) {
      this.visitor = visitor;
      this.gathered = new double[most];
      this.weights = new double[most];
      this.order = new long[most];
      this.other = new long[most];
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
      bitsOfAny = 0;
      countsOnce = true;
      int shift = Long.SIZE - BitRanges.BITS - known;
      values.forEach(
          (value, weight) -> {
            long bits = BitRanges.sortable(value);
            // As unsigned numbers: what is below the lowest wraps around to above the highest.
            if (Long.compareUnsigned((bits >>> shift) - low, high - low) <= 0) {
              gather(value + 0.0, weight, bits);
            }
          });
      sort();
      boolean told = (bitsOfAny & OTHER_MASK) == 0;
      if (!told) {
        sortByAllBits();
      }
      for (int i = 0; i < size; i++) {
        long ordered = order[i];
        visitor.visit(
            told ? told(ordered) : gathered[place(ordered)],
            countsOnce ? 1.0 - 2 * (ordered & 1) : weights[place(ordered)]);
      }
    }

    private void gather(double value, double weight, long bits) {
      gathered[size] = value;
      weights[size] = weight;
      order[size] = (~bits & ~OTHER_MASK) | ((long) size << 1) | (weight < 0 ? 1 : 0);
      bitsOfAny |= Double.doubleToRawLongBits(value);
      countsOnce &= Math.abs(weight) == 1;
      size++;
    }

    /** Sorts by the leading bits, digit by digit from the last; equal ones stay as they are. */
    private void sort() {
      for (int shift = OTHER_BITS; shift < Long.SIZE; shift += DIGIT_BITS) {
        if (!haveOneDigit(shift)) {
          for (int i = 0; i < size; i++) {
            long ordered = order[i];
            other[starts[digit(ordered, shift)]++] = ordered;
          }
          long[] sorted = other;
          other = order;
          order = sorted;
        }
      }
    }

    /** Finds out where the values of each digit start; whether it is the same of all. */
    private boolean haveOneDigit(int shift) {
      Arrays.fill(starts, 0);
      for (int i = 0; i < size; i++) {
        starts[digit(order[i], shift)]++;
      }
      int start = 0;
      for (int digit = 0; digit < DIGITS; digit++) {
        int count = starts[digit];
        if (count == size) {
          return true;
        }
        starts[digit] = start;
        start += count;
      }
      return false;
    }

    private static int digit(long ordered, int shift) {
      return (int) (ordered >>> shift) & (DIGITS - 1);
    }

    /** Values whose leading bits are equal may differ in the others. */
    private void sortByAllBits() {
      for (int from = 0; from < size; ) {
        int to = from + 1;
        while (to < size && order[to] >>> OTHER_BITS == order[from] >>> OTHER_BITS) {
          to++;
        }
        sortByAllBits(from, to);
        from = to;
      }
    }

    private void sortByAllBits(int from, int to) {
      boolean equal = true;
      for (int i = from + 1; i < to && equal; i++) {
        equal = gathered[place(order[i])] == gathered[place(order[from])];
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

    /** The value whose leading bits order it, where its others are 0. */
    private static double told(long ordered) {
      long bits = ordered < 0 ? ordered : ordered ^ Long.MAX_VALUE;
      return Double.longBitsToDouble(bits & ~OTHER_MASK);
    }

    private static int place(long ordered) {
      return (int) (ordered >>> 1) & (MOST - 1);
    }
  }
}
