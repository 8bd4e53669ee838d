package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.Precision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadRowsTest {
  private static final int[] BLOCK_ROWS = {3, 1024, 1, 0, 2500, 5, 700};
  private static final int ALL = 4233;

  /** Of each row its number and another one. */
  private static FloatMatrix matrix() {
    List<FloatBlock> blocks = new ArrayList<>();
    int row = 0;
    for (int rows : BLOCK_ROWS) {
      FloatBlock block = new FloatBlock(Precision.FLOAT32, rows, 2);
      for (int i = 0; i < rows; i++, row++) {
        block.set(i, 0, row);
        block.set(i, 1, -row);
      }
      blocks.add(block);
    }
    return new FloatMatrix(List.of("row", "other"), blocks);
  }

  /** Row i of them is row floor(i * 4233 / count), by the definition. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100, 1411, 2117, 4232})
  void takesRowsEvenlySpread(int count) {
    FloatMatrix spread = new SpreadRows(ALL, count).of(matrix(), BlockStore.inMemory());

    List<Double> expected = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      expected.add((double) Math.floorDiv((long) i * ALL, count));
    }
    List<Double> rows = new ArrayList<>();
    for (FloatBlock block : spread.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        rows.add(block.get(row, 0));
        assertThat(block.get(row, 1)).isEqualTo(0.0 - block.get(row, 0));
      }
    }
    assertThat(rows).isEqualTo(expected);
    assertThat(spread.names()).containsExactly("row", "other");
  }

  /** Of 1,411 rows every third one: 0, 3, 6 and so on. */
  @Test
  void theFirstOfThemAreTaken() {
    SpreadRows third = new SpreadRows(ALL, 1411);

    FloatMatrix head = third.head(matrix(), 500);

    assertThat(head.rows()).isEqualTo(500);
    FloatBlock last = head.blocks().get(head.blocks().size() - 1);
    assertThat(last.get(last.rows() - 1, 0)).isEqualTo(3.0 * 499);
    assertThat(third.head(matrix(), 5000).rows()).isEqualTo(1411);
    assertThat(new SpreadRows(ALL, ALL).head(matrix(), 7).rows()).isEqualTo(7);
  }

  @Test
  void allRowsAreTheMatrixItself() {
    FloatMatrix matrix = matrix();

    assertThat(new SpreadRows(ALL, ALL).of(matrix, BlockStore.inMemory())).isSameAs(matrix);
  }

  @Test
  void moreRowsThanThereAreAreRefused() {
    assertThatThrownBy(() -> new SpreadRows(ALL, ALL + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count must be from 1 to 4233, but was 4234");
    assertThatThrownBy(() -> new SpreadRows(ALL, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count must be from 1 to 4233, but was 0");
  }

  @Test
  void aMatrixOfOtherRowsIsRefused() {
    assertThatThrownBy(() -> new SpreadRows(10, 5).of(matrix(), BlockStore.inMemory()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("matrix must have 10 rows, but has 4233");
  }
}
