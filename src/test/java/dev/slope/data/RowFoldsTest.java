package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowFoldsTest {

  /** 11 rows in 3 folds: the first 11 % 3 folds have one more, as scikit-learn's KFold. */
  @Test
  void foldsHaveEqualSizes() {
    RowFolds folds = RowFolds.draw(RowParts.training(11), 3, null, 7);

    assertThat(sizes(folds.ofTrainingRows(), 3)).containsExactly(4, 4, 3);
    assertThat(folds.ofTrainingRows())
        .isEqualTo(RowFolds.draw(RowParts.training(11), 3, null, 7).ofTrainingRows())
        .isNotEqualTo(RowFolds.draw(RowParts.training(11), 3, null, 8).ofTrainingRows());
  }

  /** Each of 4 rows is in the first of 2 folds in half of 2,000 seeds; 4 sigma are 89. */
  @Test
  void everyRowIsAsLikelyInAnyFold() {
    int[] first = new int[4];
    for (int seed = 0; seed < 2_000; seed++) {
      int[] ofRow = RowFolds.draw(RowParts.training(4), 2, null, seed).ofTrainingRows();
      for (int row = 0; row < 4; row++) {
        first[row] += ofRow[row] == 0 ? 1 : 0;
      }
    }
    for (int count : first) {
      assertThat(count).isCloseTo(1_000, within(89));
    }
  }

  /**
   * Five rows of class 0 and four of class 1 in 3 folds. Class 0 has 2, 2, 1; the row that class 1
   * has over goes to the fold after those, the third: 1, 1, 2. So says scikit-learn's
   * StratifiedKFold(3) of [0, 0, 0, 0, 0, 1, 1, 1, 1] too.
   */
  @Test
  void classesAreSpreadOneByOne() {
    float[] classes = {1, 0, 0, 1, 0, 1, 0, 1, 0};
    FloatMatrix column = new FloatMatrix(List.of("class"), List.of(FloatBlock.of(1, classes)));

    int[] ofRow = RowFolds.draw(RowParts.training(9), 3, column, 0).ofTrainingRows();

    assertThat(sizes(ofRow, 3)).containsExactly(3, 3, 3);
    assertThat(
            sizes(
                IntStream.range(0, 9).filter(i -> classes[i] == 0).map(i -> ofRow[i]).toArray(), 3))
        .containsExactly(2, 2, 1);
    assertThat(
            sizes(
                IntStream.range(0, 9).filter(i -> classes[i] == 1).map(i -> ofRow[i]).toArray(), 3))
        .containsExactly(1, 1, 2);
  }

  @Test
  void onlyTrainingRowsAreHeldOut() {
    RowParts parts =
        RowParts.of(
                8,
                row -> {
                  if (row == 0) {
                    return RowPart.VALIDATION;
                  }
                  return row == 1 ? RowPart.TEST : RowPart.TRAIN;
                })
            .without(row -> row == 2);
    RowFolds folds = RowFolds.draw(parts, 2, null, 3);
    int[] ofTraining = folds.ofTrainingRows();

    assertThat(ofTraining).hasSize(5);
    for (int fold = 0; fold < 2; fold++) {
      RowParts held = folds.heldOut(fold);
      assertThat(held.is(0, RowPart.VALIDATION)).isTrue();
      for (RowPart part : RowPart.values()) {
        assertThat(held.is(1, part)).isFalse();
        assertThat(held.is(2, part)).isFalse();
      }
      for (int row = 3; row < 8; row++) {
        assertThat(held.is(row, RowPart.TEST)).isEqualTo(ofTraining[row - 3] == fold);
        assertThat(held.is(row, RowPart.TRAIN)).isEqualTo(ofTraining[row - 3] != fold);
      }
    }
  }

  @Test
  void needsARowForEachFold() {
    assertThatThrownBy(() -> RowFolds.draw(RowParts.training(3), 4, null, 0))
        .isInstanceOf(DataException.class)
        .hasMessage("/tune/folds must be at most 3, the number of training rows, but was 4");
  }

  private static int[] sizes(int[] ofRow, int count) {
    int[] sizes = new int[count];
    for (int fold : ofRow) {
      sizes[fold]++;
    }
    return sizes;
  }
}
