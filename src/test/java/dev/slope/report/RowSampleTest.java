package dev.slope.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowSampleTest {
  @Test
  void fewRowsAreAllTaken() {
    assertThat(RowSample.indices(3, 5)).containsExactly(0, 1, 2);
  }

  @Test
  void manyRowsAreTakenEvenlyWithBothEnds() {
    // i * 9 / 3 for i = 0..3
    assertThat(RowSample.indices(10, 4)).containsExactly(0, 3, 6, 9);
    long[] million = RowSample.indices(1_000_000, 2_000);
    assertThat(million).hasSize(2_000).isSorted().doesNotHaveDuplicates();
    assertThat(million[1_999]).isEqualTo(999_999);
  }

  @Test
  void rowsAreFoundAcrossBlocks() {
    FloatMatrix matrix =
        new FloatMatrix(
            List.of("a", "b"), List.of(FloatBlock.of(2, 0, 10, 1, 11), FloatBlock.of(2, 2, 12)));

    assertThat(RowSample.column(matrix, 1, new long[] {0, 2})).containsExactly(10, 12);
  }
}
