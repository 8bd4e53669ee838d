package dev.slope.data;

import java.util.Arrays;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Training rows cut into parts of equal size, but for one row, each of which is held out once while
 * the others train: k-fold cross-validation. The same rows, number of folds and seed give the same
 * folds.
 */
public final class RowFolds {
  private static final int STREAM = -3;

  /** The fold of a row that is in none. */
  private static final int NONE = -1;

  private final RowParts parts;
  private final int[] ofRow;
  private final int count;

  private RowFolds(RowParts parts, int[] ofRow, int count) {
    this.parts = parts;
    this.ofRow = ofRow;
    this.count = count;
  }

  /**
   * Draws the folds of the training rows.
   *
   * @param parts which rows train
   * @param count how many folds, at least 2
   * @param classes one column with a class for each row of the source: the rows of each are spread
   *     over the folds as evenly as all of them, as scikit-learn's StratifiedKFold does it; null
   *     where any row may be in any fold
   * @param seed of the run
   * @throws DataException where there are fewer rows than folds
   */
  public static RowFolds draw(RowParts parts, int count, @Nullable FloatMatrix classes, long seed) {
    if (parts.rows(RowPart.TRAIN) < count) {
      throw new DataException(
          "/tune/folds must be at most %d, the number of training rows, but was %d"
              .formatted(parts.rows(RowPart.TRAIN), count));
    }
    SortedMap<Double, Draw> byClass = new TreeMap<>();
    double[] classOfRow = classes(parts, classes);
    for (int row = 0; row < classOfRow.length; row++) {
      if (parts.is(row, RowPart.TRAIN)) {
        byClass.computeIfAbsent(classOfRow[row], any -> new Draw(count)).rows++;
      }
    }
    int first = 0;
    for (Draw draw : byClass.values()) {
      draw.shareOut(first);
      first = (int) ((first + draw.rows) % count);
    }
    RandomStream random = RandomStream.of(seed, STREAM);
    int[] ofRow = new int[classOfRow.length];
    Arrays.fill(ofRow, NONE);
    for (int row = 0; row < ofRow.length; row++) {
      if (parts.is(row, RowPart.TRAIN)) {
        ofRow[row] = Objects.requireNonNull(byClass.get(classOfRow[row])).next(random);
      }
    }
    return new RowFolds(parts, ofRow, count);
  }

  /** One class of all rows where none are told apart. */
  private static double[] classes(RowParts parts, @Nullable FloatMatrix classes) {
    double[] ofRow = new double[Math.toIntExact(parts.rows())];
    if (classes == null) {
      return ofRow;
    }
    int row = 0;
    for (FloatBlock block : classes.blocks()) {
      for (int inBlock = 0; inBlock < block.rows(); inBlock++) {
        // Adding 0 makes one zero of the two.
        ofRow[row++] = block.get(inBlock, 0) + 0.0;
      }
    }
    return ofRow;
  }

  /** How many folds there are. */
  public int count() {
    return count;
  }

  /**
   * Which rows train, and which test, while a fold is held out. Rows that validate stay what they
   * are.
   */
  public RowParts heldOut(int fold) {
    return RowParts.of(
            ofRow.length,
            row -> {
              if (ofRow[row] == fold) {
                return RowPart.TEST;
              }
              return ofRow[row] == NONE ? RowPart.VALIDATION : RowPart.TRAIN;
            })
        .without(row -> ofRow[row] == NONE && !parts.is(row, RowPart.VALIDATION));
  }

  /** The fold of each training row, in their order. */
  public int[] ofTrainingRows() {
    return Arrays.stream(ofRow).filter(fold -> fold != NONE).toArray();
  }

  /** The folds of one class: selection sampling over as many parts as there are folds. */
  private static final class Draw {
    private final long[] left;
    private long rows;

    Draw(int folds) {
      this.left = new long[folds];
    }

    /** The rows that don't divide evenly go to the folds after those of the class before. */
    void shareOut(int first) {
      Arrays.fill(left, rows / left.length);
      for (int i = 0; i < rows % left.length; i++) {
        left[(first + i) % left.length]++;
      }
    }

    int next(RandomStream random) {
      long drawn = (long) (random.nextUniform() * rows);
      rows--;
      int fold = 0;
      while (drawn >= left[fold]) {
        drawn -= left[fold++];
      }
      left[fold]--;
      return fold;
    }
  }
}
