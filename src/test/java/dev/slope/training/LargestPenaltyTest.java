package dev.slope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.ConfigException;
import dev.slope.config.FeatureConfig;
import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.Scaling;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FeatureFitter;
import dev.slope.features.FittedFeatures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where paths begin, against sums by hand. */
class LargestPenaltyTest {
  private static final ModelConfig LINEAR =
      new ModelConfig.LinearRegression(new InitializerConfig.Zeros());

  /**
   * x = 0, 1, 2, 7 and y = 1, 3, 2, 6, means 2.5 and 3: sum (x - 2.5)(y - 3) = 5 + 0 + 0.5 + 13.5 =
   * 19, so the slope at weight 0 is -2 * 19 / 4 = -9.5. The curvature of the weight while the
   * intercept follows is 2 * 29 / 4 = 14.5, of sum (x - 2.5)^2 = 6.25 + 2.25 + 0.25 + 20.25 = 29.
   */
  @Test
  void ofTheSquaredLoss() {
    TrainingJob job = job(LINEAR, 1, 3, 2, 6);

    assertThat(LargestPenalty.ofL1(job)).isCloseTo(9.5, within(1e-5));
    assertThat(LargestPenalty.ofL2(job)).isCloseTo(1450, within(1e-2));
  }

  /**
   * Without an intercept: sum x y = 0 + 3 + 4 + 42 = 49 and sum x^2 = 54; twice a quarter of both.
   */
  @Test
  void withoutAnIntercept() {
    TrainingJob job =
        job(
            new ModelConfig.LinearRegression(false, 1, 0, Map.of(), new InitializerConfig.Zeros()),
            1,
            3,
            2,
            6);

    assertThat(LargestPenalty.ofL1(job)).isCloseTo(24.5, within(1e-5));
    assertThat(LargestPenalty.ofL2(job)).isCloseTo(2700, within(1e-2));
  }

  /** The slope of exp(s) - y s is mu - y; mu is the mean, 3: sum (3 - y) x = 2 - 21 = -19. */
  @Test
  void ofCounts() {
    ModelConfig poisson =
        new ModelConfig.PoissonRegression(true, 0, 0, Map.of(), new InitializerConfig.Zeros());

    assertThat(LargestPenalty.ofL1(job(poisson, 1, 3, 2, 6))).isCloseTo(4.75, within(1e-4));
  }

  /** All weights are 0 from there on, and one is not just below. */
  @Test
  void theFirstL1OfAPathMakesAllWeightsZero() {
    double largest = LargestPenalty.ofL1(job(LINEAR, 1, 3, 2, 6));

    assertThat(weight(largest * 1.0001)).isZero();
    assertThat(weight(largest * 0.999)).isNotZero();
  }

  @Test
  void aLossWithKinksHasNone() {
    ModelConfig absolute =
        new ModelConfig.AbsoluteRegression(true, 0, 0, Map.of(), new InitializerConfig.Zeros());

    assertThatThrownBy(() -> LargestPenalty.ofL1(job(absolute, 1, 3, 2, 6)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "the path of /model/l1 has no beginning that could be computed, for the loss of"
                + " absolute_regression has kinks; give values or a range");
  }

  private static double weight(double l1) {
    ModelConfig model =
        new ModelConfig.LinearRegression(true, l1, 0, Map.of(), new InitializerConfig.Zeros());
    return new Trainer()
        .train(job(model, 1, 3, 2, 6), TrainingListener.NONE)
        .weights()
        .weight(0, 0);
  }

  private static TrainingJob job(ModelConfig model, float... labels) {
    FloatMatrix x = new FloatMatrix(List.of("x"), List.of(FloatBlock.of(1, 0, 1, 2, 7)));
    FloatMatrix y = new FloatMatrix(List.of("y"), List.of(FloatBlock.of(1, labels)));
    FittedFeatures features =
        FeatureFitter.fit(Map.of("x", FeatureConfig.Numeric.of(Scaling.NONE)), x);
    return new TrainingJob(
        model,
        TrainingFixtures.line(0.01, 20_000).training(),
        features,
        List.of("y"),
        new TrainingRows(x, y),
        null,
        0);
  }
}
