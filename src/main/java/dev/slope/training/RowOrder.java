package dev.slope.training;

import org.jspecify.annotations.Nullable;

/**
 * Which row comes when: rows are shuffled once, row by row, and from then on every epoch shuffles
 * groups of rows that became neighbours by chance; few rows one by one.
 */
final class RowOrder {
  private final int groupRows;
  private final EpochOrder order;
  private final int @Nullable [] rowAtPlace;
  private long orderedEpoch = -1;
  private int[] groups = {};

  /**
   * The order of so many rows.
   *
   * @param seed null where every epoch keeps the rows' own order
   */
  RowOrder(long rows, @Nullable Long seed) {
    this.groupRows = ShuffledRows.groupRows(rows, seed);
    // The rows that fill no group stay the last ones.
    this.order = new EpochOrder((int) (rows / groupRows), seed);
    this.rowAtPlace = seed == null ? null : inverse(ShuffledRows.places(rows, seed));
  }

  private static int[] inverse(int[] places) {
    int[] rows = new int[places.length];
    for (int row = 0; row < places.length; row++) {
      rows[places[row]] = row;
    }
    return rows;
  }

  /**
   * Some rows that follow each other in an epoch.
   *
   * @param epoch from 0
   * @param from the first, counted in the epoch's order
   * @param rows takes them from its start
   */
  void rowsOf(long epoch, long from, long[] rows, int count) {
    if (epoch != orderedEpoch) {
      groups = order.of(epoch);
      orderedEpoch = epoch;
    }
    int taken = 0;
    while (taken < count) {
      long index = from + taken;
      int group = (int) (index / groupRows);
      int inGroup = (int) (index % groupRows);
      long place = group < groups.length ? (long) groups[group] * groupRows + inGroup : index;
      int end = Math.min(count, taken + groupRows - inGroup);
      for (; taken < end; taken++, place++) {
        rows[taken] = rowAtPlace == null ? place : rowAtPlace[(int) place];
      }
    }
  }
}
