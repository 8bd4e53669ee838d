package dev.slope.features;

import java.util.Arrays;

/**
 * Finds exact order statistics of numbers that are seen in three passes: each pass counts by the
 * next bits of those numbers that may be one of them. The memory doesn't grow with the numbers: at
 * most 256 counters for each order statistic, and 65,536.
 */
final class OrderStatistics {
  private static final int FIRST_BITS = 16;
  private static final int NEXT_BITS = 8;
  private static final int NEXT_WIDTH = 1 << NEXT_BITS;
  private static final int PASSES = 3;

  private int pass;
  private long[] counts = new long[1 << FIRST_BITS];

  /** Which counters of the last passes go on, and as which; -1 where none does. */
  private int[] afterFirst = {};

  private int[] afterSecond = {};

  private long[] ranks = {};
  private int[] groups = {};
  private int[] keys = {};

  /** Takes a number, in each pass the same ones. */
  void add(float value) {
    int key = key(value);
    if (pass == 0) {
      counts[key >>> FIRST_BITS]++;
      return;
    }
    int group = afterFirst[key >>> FIRST_BITS];
    if (group < 0) {
      return;
    }
    int counter = group * NEXT_WIDTH + ((key >>> NEXT_BITS) & (NEXT_WIDTH - 1));
    if (pass == 1) {
      counts[counter]++;
      return;
    }
    group = afterSecond[counter];
    if (group >= 0) {
      counts[group * NEXT_WIDTH + (key & (NEXT_WIDTH - 1))]++;
    }
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
    keys = new int[ranks.length];
    afterFirst = descend(1 << FIRST_BITS, FIRST_BITS);
  }

  /**
   * Ends a later pass.
   *
   * @return whether there is another
   */
  boolean endPass() {
    int[] next = descend(NEXT_WIDTH, NEXT_BITS);
    if (pass == 2) {
      afterSecond = next;
    }
    return pass < PASSES;
  }

  /** The wanted numbers; -0 is 0. */
  float[] values() {
    float[] values = new float[keys.length];
    for (int i = 0; i < keys.length; i++) {
      values[i] = value(keys[i]);
    }
    return values;
  }

  /** Finds the counter of each rank, and gives each of these its own counters in the next pass. */
  private int[] descend(int width, int bits) {
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
      keys[i] = (keys[i] << bits) | (counter - group * width);
      groups[i] = next[counter];
      ranks[i] -= before;
    }
    counts = new long[used * NEXT_WIDTH];
    pass++;
    return next;
  }

  /** Bits that are ordered as the numbers are, unsigned. */
  private static int key(float value) {
    int bits = Float.floatToRawIntBits(value + 0f);
    return bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE;
  }

  private static float value(int key) {
    return Float.intBitsToFloat(key < 0 ? key ^ Integer.MIN_VALUE : ~key);
  }
}
