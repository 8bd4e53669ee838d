package dev.slope.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.BinaryLink;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClassProbabilityTest {
  // 1 / (1 + exp(-1)), Phi(1) of tables, 1 - exp(-e).
  @Test
  void atOne() {
    assertThat(ClassProbability.of(BinaryLink.LOGIT, 1))
        .isCloseTo(0.7310585786300049, within(1e-15));
    assertThat(ClassProbability.of(BinaryLink.PROBIT, 1))
        .isCloseTo(0.8413447460685429, within(1e-15));
    assertThat(ClassProbability.of(BinaryLink.CLOGLOG, 1))
        .isCloseTo(0.9340119641546875, within(1e-15));
  }

  // Phi(-1), Phi(-2.9), Phi(-3.1) and Phi(-8): on both sides of where the formula changes.
  @Test
  void theNormalDistributionInItsTail() {
    double[][] values = {
      {-1, 0.15865525393145707},
      {-2.9, 0.0018658133003840378},
      {-3.1, 9.67603213218356e-4},
      {-8, 6.220960574271785e-16}
    };
    for (double[] value : values) {
      assertThat(ClassProbability.of(BinaryLink.PROBIT, value[0]))
          .isCloseTo(value[1], Percentage.withPercentage(1e-10));
      assertThat(ClassProbability.ofNegative(BinaryLink.PROBIT, -value[0]))
          .isCloseTo(value[1], Percentage.withPercentage(1e-10));
      assertThat(ClassProbability.logLoss(BinaryLink.PROBIT, value[0], true))
          .isCloseTo(-Math.log(value[1]), within(1e-11));
    }
  }

  // -ln Phi(-1e4) = 1e8/2 + ln 1e4 + ln(2 pi)/2 - ln(1 - 1e-8); -ln(1 - exp(-exp(-1e4))) = 1e4.
  @Test
  void lossesFarOut() {
    assertThat(ClassProbability.logLoss(BinaryLink.LOGIT, -1e4, true)).isEqualTo(1e4);
    assertThat(ClassProbability.logLoss(BinaryLink.PROBIT, -1e4, true))
        .isCloseTo(50000010.12927892, within(1e-7));
    assertThat(ClassProbability.logLoss(BinaryLink.CLOGLOG, -1e4, true)).isEqualTo(1e4);
    assertThat(ClassProbability.logLoss(BinaryLink.CLOGLOG, 1e4, false))
        .isEqualTo(Double.POSITIVE_INFINITY);
    for (BinaryLink link : BinaryLink.values()) {
      assertThat(ClassProbability.logLoss(link, 1e4, true)).isZero();
      assertThat(ClassProbability.logLoss(link, -1e4, false)).isZero();
    }
  }

  // Another formula of the same: the JDK's own log1p, to 4 units in the last place, down to where
  // 1 + exp(-x) is 1.
  @Test
  void logisticLossesInFullPrecision() {
    for (double score = 0; score < 60; score += 1 / 64.0) {
      double loss = Math.log1p(Math.exp(-score));
      assertThat(ClassProbability.logLoss(BinaryLink.LOGIT, score, true))
          .as("score %s", score)
          .isCloseTo(loss, within(4 * Math.ulp(loss)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void lossesAreMinusTheLogarithms(BinaryLink link) {
    for (double score = -5; score <= 3; score += 0.25) {
      double probability = ClassProbability.of(link, score);
      assertThat(ClassProbability.ofNegative(link, score))
          .isCloseTo(1 - probability, within(1e-15));
      assertThat(ClassProbability.logLoss(link, score, true))
          .isCloseTo(-Math.log(probability), within(1e-12));
      assertThat(ClassProbability.logLoss(link, score, false))
          .isCloseTo(-Math.log(ClassProbability.ofNegative(link, score)), within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theScoreOfAProbabilityHasIt(BinaryLink link) {
    for (double probability : new double[] {1e-9, 0.025, 0.5, 0.7, 0.999}) {
      assertThat(ClassProbability.of(link, ClassProbability.score(link, probability)))
          .isCloseTo(probability, Percentage.withPercentage(1e-9));
    }
  }
}
