package dev.slope.features;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.Arrays;
import java.util.List;

/**
 * What the values of one column say about its use. Counting ends where the answer is known: {@link
 * #present} and {@link #missing} are then of the first rows.
 *
 * @param present in how many rows it has a value
 * @param missing in how many rows it has none
 * @param isConstant whether all rows that have a value have the same one
 * @param isIdentifier whether it has a value of its own in nearly every row
 */
record ColumnValues(long present, long missing, boolean isConstant, boolean isIdentifier) {
  /** Texts of fewer rows may well differ and be categories all the same. */
  private static final int FEWEST_TEXTS = 100;

  /** The part of rows that have values of their own in a column of identifiers. */
  private static final double DIFFERENT = 0.95;

  /** From here on float32 tells neighbouring integers no longer apart. */
  private static final double LARGEST_EXACT = 1 << 24;

  /**
   * Numbers, truths, dates and times.
   *
   * @param places of the column's codings in the matrix
   * @param all whether to count missing values to the end
   */
  static ColumnValues of(FloatMatrix rows, List<Integer> places, boolean all) {
    return new Scan(places.get(0), places.get(places.size() - 1)).over(rows, all).values(false);
  }

  /**
   * Texts, by their codes.
   *
   * @param dictionarySize how many different texts there are in these rows and others
   */
  static ColumnValues ofTexts(FloatMatrix rows, int place, int dictionarySize) {
    boolean few = dictionarySize < DIFFERENT * FEWEST_TEXTS;
    Scan scan = new Scan(place, place).over(rows, !few);
    return scan.values(
        scan.present >= FEWEST_TEXTS
            && dictionarySize >= DIFFERENT * scan.present
            && scan.areDifferent(rows));
  }

  /** Numbers of a column that is named like one of identifiers. */
  static ColumnValues ofIdentifiers(FloatMatrix rows, int place) {
    Scan scan = new Scan(place, place).over(rows, true);
    return scan.values(
        !scan.same && scan.integers && (scan.largest > LARGEST_EXACT || scan.areDifferent(rows)));
  }

  /** One pass. */
  private static final class Scan {
    private final int column;
    private final int second;
    private long present;
    private long missing;
    private boolean same = true;
    private boolean integers = true;
    private double largest;
    private double first;
    private double firstOfSecond;

    Scan(int column, int second) {
      this.column = column;
      this.second = second;
    }

    Scan over(FloatMatrix rows, boolean all) {
      for (FloatBlock block : rows.blocks()) {
        for (int row = 0; row < block.rows() && (same || all); row++) {
          add(block.get(row, column), block.get(row, second));
        }
      }
      return this;
    }

    private void add(double value, double other) {
      if (Double.isNaN(value)) {
        missing++;
        return;
      }
      if (present++ == 0) {
        first = value;
        firstOfSecond = other;
      }
      same &= value == first && other == firstOfSecond;
      integers &= value == Math.rint(value);
      largest = Math.max(largest, Math.abs(value));
    }

    private boolean areDifferent(FloatMatrix rows) {
      double[] values = new double[Math.toIntExact(present)];
      int next = 0;
      for (FloatBlock block : rows.blocks()) {
        for (int row = 0; row < block.rows(); row++) {
          double value = block.get(row, column);
          if (!Double.isNaN(value)) {
            values[next++] = value;
          }
        }
      }
      Arrays.sort(values);
      long different = Math.min(1, values.length);
      for (int i = 1; i < values.length; i++) {
        different += values[i] == values[i - 1] ? 0 : 1;
      }
      return different >= DIFFERENT * present;
    }

    ColumnValues values(boolean identifier) {
      return new ColumnValues(present, missing, same, identifier);
    }
  }
}
