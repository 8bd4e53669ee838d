package dev.slope.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.Precision;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LabelSharesTest {
  private static FloatMatrix column(double[]... blocks) {
    List<FloatBlock> all = new ArrayList<>();
    for (double[] values : blocks) {
      FloatBlock block = new FloatBlock(Precision.FLOAT32, values.length, 1);
      for (int row = 0; row < values.length; row++) {
        block.set(row, 0, values[row]);
      }
      all.add(block);
    }
    return new FloatMatrix(List.of("column"), all);
  }

  private static final FloatMatrix LABELS = column(new double[] {1, 0, 1}, new double[] {2, 1});

  /** Of 1 there are three rows of five, of 0 and 2 one each: (3 * 10 + 20 + 70) / 5 = 24. */
  @Test
  void eachLabelCountsAsItsRows() {
    TrainingRows rows = new TrainingRows(LABELS, LABELS);

    LabelShares shares = Objects.requireNonNull(LabelShares.of(rows, 3));

    assertThat(shares.labels()).containsExactly(1, 0, 2);
    assertThat(shares.mean(new double[] {10, 20, 70})).isEqualTo(24);
  }

  /** Weights in blocks of their own: ((1 + 3 + 5) * 10 + 2 * 20 + 4 * 70) / 15 = 410 / 15. */
  @Test
  void orAsTheirWeights() {
    FloatMatrix weights = column(new double[] {1, 2}, new double[] {3, 4, 5});
    TrainingRows rows = new TrainingRows(LABELS, LABELS, weights, null);

    LabelShares shares = Objects.requireNonNull(LabelShares.of(rows, 64));

    assertThat(shares.mean(new double[] {10, 20, 70})).isEqualTo(410.0 / 15);
  }

  @Test
  void moreLabelsAreNone() {
    assertThat(LabelShares.of(new TrainingRows(LABELS, LABELS), 2)).isNull();
  }
}
