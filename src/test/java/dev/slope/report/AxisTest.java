package dev.slope.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
  private static List<String> labels(double min, double max, int count) {
    return Axis.linear("x", new AxisRange(min, max)).ticks(count, 1).stream()
        .map(Axis.Tick::label)
        .toList();
  }

  /** At most so many steps of 1, 2 or 5 times a power of ten. */
  @Test
  void stepsAreRoundNumbers() {
    assertThat(labels(-0.4, 10.4, 6)).containsExactly("0", "2", "4", "6", "8", "10");
    assertThat(labels(-1, 1.1, 5)).containsExactly("-1.0", "-0.5", "0", "0.5", "1.0");
    assertThat(labels(0.013, 0.052, 4)).containsExactly("0.02", "0.03", "0.04", "0.05");
  }

  @Test
  void largeAndSmallNumbersTakeAPowerOfTen() {
    assertThat(labels(-1e5, 2.1e6, 5)).containsExactly("0", "0.5e6", "1.0e6", "1.5e6", "2.0e6");
    assertThat(labels(0, 3e-5, 3)).containsExactly("0", "1e-5", "2e-5", "3e-5");
    assertThat(labels(-3.4e38, 3.4e38, 4)).containsExactly("-2e38", "0", "2e38");
  }

  /** Neither a range that no double divides nor one beyond all doubles goes on forever. */
  @Test
  void oddRangesEnd() {
    assertThat(labels(1e20, Math.nextUp(1e20), 5)).hasSizeLessThan(10);
    assertThat(labels(-Double.MAX_VALUE, Double.MAX_VALUE, 5)).isEmpty();
  }

  @Test
  void decadesAreAsLongAsOneAnother() {
    Axis axis = Axis.logarithmic("loss", new AxisRange(1e-6, 1e2));
    assertThat(axis.part(1e-2)).isCloseTo(0.5, within(1e-12));
    assertThat(axis.ticks(100, 20))
        .extracting(Axis.Tick::label)
        .containsExactly("1e-6", "0.0001", "0.01", "1", "100");
  }

  @Test
  void categoriesStandInTheMiddleOfTheirPlaces() {
    Axis axis = Axis.down("class", List.of("a", "b", "c", "d"));
    // Four places from the upper end: the first one's middle is an eighth below it.
    assertThat(axis.part(0)).isEqualTo(1 - 0.125);
    assertThat(axis.part(3)).isEqualTo(0.125);
    assertThat(axis.ticks(40, 20)).extracting(Axis.Tick::label).containsExactly("a", "c");
  }
}
