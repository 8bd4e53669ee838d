package dev.slope.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WeightedQuantileTest {
  /** The definition on sorted values: the middle one, or the mean of the two in the middle. */
  @Property(tries = 200)
  void ofEqualWeightsTheHalfIsTheMedian(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = -9, max = 9) Integer> numbers) {
    double[] values = numbers.stream().mapToDouble(number -> number / 2.0).toArray();
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;

    assertThat(quantile(0.5, values, null)).isEqualTo(median);
  }

  @Test
  void byHand() {
    double[] values = {3, -1, 2, -1};
    // Down to 2 there are 3 of 4, to 3 all.
    assertThat(quantile(0.75, values, null)).isEqualTo(2.5);
    assertThat(quantile(0.76, values, null)).isEqualTo(3);
    assertThat(quantile(0.1, values, null)).isEqualTo(-1);
    // The half is reached amid equal values: the next of them is no other.
    assertThat(quantile(0.5, new double[] {1, 2, 2, 3}, null)).isEqualTo(2);
    // Weights: -1 has 4, 2 has 1, 3 has 5; half of ten is reached with 2, and just so.
    assertThat(quantile(0.5, values, new double[] {5, 3, 1, 1})).isEqualTo(2.5);
    // Tenths: 0.1 + 0.2 is just 0.3 of 0.6, whatever float64 makes of it.
    assertThat(quantile(0.5, new double[] {1, 2, 3}, new double[] {0.1, 0.2, 0.3})).isEqualTo(2.5);
    assertThat(quantile(0.5, new double[] {0, -0.0, 0}, null)).isEqualTo(0);
  }

  /** More equal bits than are sorted: 100,000 values a last bit apart, and 200,000 equal ones. */
  @Test
  void looksIntoRangesOfManyValues() {
    double[] values = new double[100_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + ((i * 7919L) % 100_001) * Math.ulp(1.0);
    }
    assertThat(quantile(0.5, values, null)).isEqualTo(1 + 50_000 * Math.ulp(1.0));

    double[] equal = new double[200_000];
    Arrays.fill(equal, 0.1);
    equal[0] = 5;
    assertThat(quantile(0.5, equal, null)).isEqualTo(0.1);
  }

  private static double quantile(double level, double[] values, double @Nullable [] weights) {
    return WeightedQuantile.of(
        level,
        visitor -> {
          for (int i = 0; i < values.length; i++) {
            visitor.visit(values[i], weights == null ? 1 : weights[i]);
          }
        });
  }
}
