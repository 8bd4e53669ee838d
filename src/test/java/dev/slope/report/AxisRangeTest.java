package dev.slope.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AxisRangeTest {
  @Test
  void aSmallMarginAroundAllValues() {
    // from 0 to 100 with 4 % of 100 on both sides
    assertThat(AxisRange.around(new double[] {0, 50}, new double[] {100}))
        .isEqualTo(new AxisRange(-4, 104));
  }

  @Test
  void aConstantStillHasAnExtent() {
    assertThat(AxisRange.around(new double[] {20, 20})).isEqualTo(new AxisRange(18, 22));
    assertThat(AxisRange.around(new double[] {0})).isEqualTo(new AxisRange(-1e-3, 1e-3));
  }
}
