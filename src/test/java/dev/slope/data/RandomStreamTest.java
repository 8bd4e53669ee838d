package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RandomStreamTest {

  @Test
  void isSplitMix64() {
    // The first outputs for 1234567 of the algorithm's reference implementation in C.
    RandomStream random = new RandomStream(1234567);
    assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
    assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("9817491932198370423");
  }

  @Test
  void normalNumbersHaveMeanZeroAndVarianceOne() {
    RandomStream random = RandomStream.of(0, 0);
    double sum = 0;
    double squares = 0;
    int count = 100_000;
    for (int i = 0; i < count; i++) {
      double value = random.nextNormal();
      sum += value;
      squares += value * value;
    }
    // Five standard errors: 1/sqrt(n) of the mean, sqrt(2/n) of the variance.
    assertThat(sum / count).isCloseTo(0, within(5 / Math.sqrt(count)));
    assertThat(squares / count).isCloseTo(1, within(5 * Math.sqrt(2.0 / count)));
  }

  @Test
  void streamsOfASeedAreUncorrelated() {
    RandomStream left = RandomStream.of(7, 0);
    RandomStream right = RandomStream.of(7, 1);
    double product = 0;
    int count = 100_000;
    for (int i = 0; i < count; i++) {
      product += (left.nextUniform() - 0.5) * (right.nextUniform() - 0.5) * 12;
    }
    // The correlation's standard error is 1/sqrt(n); five of them.
    assertThat(product / count).isCloseTo(0, within(5 / Math.sqrt(count)));
  }
}
