package dev.slope.training;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are left out together.
 *
 * @param ofRow the fold of each training row, from 0; not copied
 * @param count how many folds there are, at least 2; each has a row
 * @param scales for each fold, how the inputs that are fitted on the rows outside it follow from
 *     the job's; null where they are the job's
 */
@SuppressWarnings("ArrayRecordComponent") // one number a row, never compared
public record Folds(int[] ofRow, int count, @Nullable List<InputScale> scales) {
  public Folds {
    if (count < 2) {
      throw new IllegalArgumentException("count must be at least 2, but was " + count);
    }
    boolean[] found = new boolean[count];
    for (int row = 0; row < ofRow.length; row++) {
      if (ofRow[row] < 0 || ofRow[row] >= count) {
        throw new IllegalArgumentException(
            "the fold of a row must be 0 to %d, but that of row %d was %d"
                .formatted(count - 1, row, ofRow[row]));
      }
      found[ofRow[row]] = true;
    }
    for (int fold = 0; fold < count; fold++) {
      if (!found[fold]) {
        throw new IllegalArgumentException(
            "each fold must have a row, but fold " + fold + " has none");
      }
    }
    if (scales != null) {
      scales = List.copyOf(scales);
      if (scales.size() != count) {
        throw new IllegalArgumentException(
            "there must be a scale for each of the %d folds, but there were %d"
                .formatted(count, scales.size()));
      }
    }
  }

  /**
   * The scale that the rows outside a fold have; null where it is the job's, or no fold is left
   * out.
   */
  @Nullable InputScale scale(int fold) {
    return scales == null || fold == Setting.ALL_ROWS ? null : scales.get(fold);
  }
}
