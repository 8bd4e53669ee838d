package dev.slope.features;

import java.util.Arrays;

/**
 * The numbers of a column that were met last, in a table of fixed size: where few of them differ,
 * nearly all are found here, without an object for each.
 */
final class RecentNumbers {
  /** How many places there are. */
  static final int PLACES = 64;

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final int PLACE_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(PLACES);

  private final double[] numbers = new double[PLACES];

  RecentNumbers() {
    Arrays.fill(numbers, Double.NaN);
  }

  /** The place of a number; -1 where it isn't remembered, as NaN never is. */
  int find(double number) {
    int place = place(number);
    return numbers[place] == number ? place : -1;
  }

  /** Remembers a number in place of another one, and returns its place. */
  int remember(double number) {
    int place = place(number);
    numbers[place] = number;
    return place;
  }

  private static int place(double number) {
    return (int) ((Double.doubleToRawLongBits(number) * MULTIPLIER) >>> PLACE_SHIFT);
  }
}
