package dev.slope.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResidualsTest {
  /**
   * Residuals 3, -1, 1, 5: mean 2, squares 1 + 9 + 1 + 9 over 4 rows, 5. Quantiles at 1/8, 3/8, 5/8
   * and 7/8 as Python's NormalDist has them.
   */
  @Test
  void quantilesOfAKnownSample() {
    Residuals residuals =
        Residuals.of(List.of(13.0, 19.0, 31.0, 45.0), List.of(10.0, 20.0, 30.0, 40.0));

    assertThat(residuals.residuals()).containsExactly(3.0, -1.0, 1.0, 5.0);
    assertThat(residuals.sorted()).containsExactly(-1.0, 1.0, 3.0, 5.0);
    assertThat(residuals.mean()).isEqualTo(2);
    assertThat(residuals.standardDeviation()).isCloseTo(Math.sqrt(5), within(1e-15));
    double[] expected = {
      -1.1503493803760079, -0.3186393639643751, 0.3186393639643751, 1.1503493803760079
    };
    for (int i = 0; i < 4; i++) {
      assertThat(residuals.normal().get(i)).isCloseTo(expected[i], within(1e-12));
    }
  }

  @Test
  void rowsWithoutANumberAreLeftOut() {
    ReportRows rows =
        new ReportRows(
            null,
            null,
            Map.of("a", List.of(1.0, Double.NaN, 4.0), "b", List.of(1.0, 2.0, 3.0)),
            Map.of(
                "a",
                List.of(2.0, 2.0, Double.POSITIVE_INFINITY),
                "b",
                List.of(Double.NaN, Double.NaN, Double.NaN)));

    Map<String, Residuals> perLabel = Residuals.perLabel(rows);
    assertThat(perLabel).containsOnlyKeys("a");
    Residuals one = perLabel.values().iterator().next();
    assertThat(one.predicted()).containsExactly(2.0);
    assertThat(one.residuals()).containsExactly(-1.0);
    assertThat(one.normal()).containsExactly(0.0);
  }
}
