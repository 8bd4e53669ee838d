package dev.slope.features;

import dev.slope.config.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds exact order statistics of numbers that are seen in several passes, three of float32 and
 * seven of float64: each pass counts by the next bits of those numbers that may be one of them. The
 * memory doesn't grow with the numbers: at most 256 counters for each order statistic, and 65,536.
 */
final class OrderStatistics {
  private static final int FIRST_BITS = 16;
  private static final int NEXT_BITS = 8;
  private static final int NEXT_WIDTH = 1 << NEXT_BITS;

  private final Precision precision;
  private final int bits;
  private int pass;
  private long[] counts = new long[1 << FIRST_BITS];

  /** Which counters of each pass that has ended go on, and as which; -1 where none does. */
  private final List<int[]> after = new ArrayList<>();

  private long[] ranks = {};
  private int[] groups = {};
  private long[] keys = {};

  /**
   * Of no numbers yet.
   *
   * @param precision which all numbers have
   */
  OrderStatistics(Precision precision) {
    this.precision = precision;
    this.bits = precision.bytes() * Byte.SIZE;
  }

  /** Takes a number, in each pass the same ones. */
  void add(double value) {
    long key = key(value);
    int shift = bits - FIRST_BITS;
    int counter = (int) (key >>> shift);
    for (int ended = 0; ended < pass; ended++) {
      int group = after.get(ended)[counter];
      if (group < 0) {
        return;
      }
      shift -= NEXT_BITS;
      counter = group * NEXT_WIDTH + ((int) (key >>> shift) & (NEXT_WIDTH - 1));
    }
    counts[counter]++;
  }

  /**
   * Ends the first pass.
   *
   * @param wanted how many numbers are before each wanted one in ascending order; ascending, each
   *     below the number of numbers
   */
  void want(long[] wanted) {
    ranks = wanted.clone();
    groups = new int[ranks.length];
    keys = new long[ranks.length];
    descend(1 << FIRST_BITS, FIRST_BITS);
  }

  /**
   * Ends a later pass.
   *
   * @return whether there is another
   */
  boolean endPass() {
    descend(NEXT_WIDTH, NEXT_BITS);
    return FIRST_BITS + (pass - 1) * NEXT_BITS < bits;
  }

  /** The wanted numbers; -0 is 0. */
  double[] values() {
    double[] values = new double[keys.length];
    for (int i = 0; i < keys.length; i++) {
      values[i] = value(keys[i]);
    }
    return values;
  }

  /** Finds the counter of each rank, and gives each of these its own counters in the next pass. */
  private void descend(int width, int moreBits) {
    int[] next = new int[counts.length];
    Arrays.fill(next, -1);
    int used = 0;
    int group = -1;
    int counter = 0;
    long before = 0;
    for (int i = 0; i < ranks.length; i++) {
      if (groups[i] != group) {
        group = groups[i];
        counter = group * width;
        before = 0;
      }
      while (before + counts[counter] <= ranks[i]) {
        before += counts[counter++];
      }
      if (next[counter] < 0) {
        next[counter] = used++;
      }
      keys[i] = (keys[i] << moreBits) | (counter - group * width);
      groups[i] = next[counter];
      ranks[i] -= before;
    }
    counts = new long[used * NEXT_WIDTH];
    after.add(next);
    pass++;
  }

  /** Bits that are ordered as the numbers are, unsigned; as many as a number has. */
  private long key(double value) {
    if (precision == Precision.FLOAT32) {
      int ofSingle = Float.floatToRawIntBits((float) value + 0f);
      return Integer.toUnsignedLong(ofSingle < 0 ? ~ofSingle : ofSingle ^ Integer.MIN_VALUE);
    }
    long ofDouble = Double.doubleToRawLongBits(value + 0.0);
    return ofDouble < 0 ? ~ofDouble : ofDouble ^ Long.MIN_VALUE;
  }

  private double value(long key) {
    if (precision == Precision.FLOAT32) {
      int ofSingle = (int) key;
      return Float.intBitsToFloat(ofSingle < 0 ? ofSingle ^ Integer.MIN_VALUE : ~ofSingle);
    }
    return Double.longBitsToDouble(key < 0 ? key ^ Long.MIN_VALUE : ~key);
  }
}
