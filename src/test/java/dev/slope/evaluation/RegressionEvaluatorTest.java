package dev.slope.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegressionEvaluatorTest {
  private static final double EXACT_TO_ROUNDING = 1e-15;

  @Test
  void oneLabelByHand() {
    // errors 1, -2, 2: squares 1 + 4 + 4 = 9, absolutes 5; targets about their mean 3: 4 + 0 + 4 =
    // 8
    RegressionMetrics metrics =
        RegressionEvaluator.evaluate(
            matrix("y", 1, 3, 5),
            new FloatMatrix(List.of("y"), List.of(FloatBlock.of(1, 0, 5, 3))),
            null,
            null);

    assertThat(metrics.rows()).isEqualTo(3);
    assertThat(metrics.mse()).isEqualTo(3);
    assertThat(metrics.rmse()).isEqualTo(Math.sqrt(3));
    assertThat(metrics.mae()).isEqualTo(5 / 3.0);
    assertThat(metrics.r2()).isEqualTo(1 - 9 / 8.0);
  }

  @Test
  void severalLabelsAsScikitLearn() {
    // scikit-learn 1.9.1, y and p the rows below as float64 arrays of 4 x 3:
    //   mean_squared_error(y, p), root_mean_squared_error(y, p), mean_absolute_error(y, p),
    //   r2_score(y, p), and the same with multioutput="raw_values"
    FloatBlock targets = FloatBlock.of(3, 3, -0.5f, 10, 1.5f, 2, 12, -2, 7, 11, 4, 1, 9.5f);
    FloatBlock predictions =
        FloatBlock.of(3, 2.5f, 0, 9, 1, 2, 12.5f, -1, 8, 11.25f, 4.5f, 1.5f, 10);

    RegressionEvaluator evaluator = new RegressionEvaluator(List.of("a", "b", "c"), null);
    evaluator.add(targets, predictions, null);
    RegressionMetrics metrics = evaluator.metrics();

    assertThat(metrics.mse()).isCloseTo(0.4010416666666667, within(EXACT_TO_ROUNDING));
    assertThat(metrics.rmse()).isCloseTo(0.632936754487314, within(EXACT_TO_ROUNDING));
    assertThat(metrics.mae()).isCloseTo(0.5625, within(EXACT_TO_ROUNDING));
    assertThat(metrics.r2()).isCloseTo(0.8147805877730212, within(EXACT_TO_ROUNDING));
    assertThat(metrics.labels()).extracting(LabelMetrics::label).containsExactly("a", "b", "c");
    assertThat(metrics.labels())
        .extracting(LabelMetrics::mse)
        .containsExactly(0.4375, 0.375, 0.390625);
    assertThat(metrics.labels()).extracting(LabelMetrics::mae).containsExactly(0.625, 0.5, 0.5625);
    assertThat(metrics.labels().get(2).rmse()).isEqualTo(0.625);
    assertThat(metrics.labels().get(1).r2()).isCloseTo(0.95266272, within(5e-9));
  }

  @Test
  void aLargeMeanDoesNotCancel() {
    // scikit-learn 1.9.1: y = 1e6 + (i * 37 % 101), p = 1e6 + (i * 53 % 97), i = 0..999
    RegressionEvaluator evaluator = new RegressionEvaluator(List.of("y"), null);
    for (int i = 0; i < 1000; i++) {
      evaluator.add(
          FloatBlock.of(1, 1e6f + i * 37 % 101), FloatBlock.of(1, 1e6f + i * 53 % 97), null);
    }

    assertThat(evaluator.metrics().mse()).isCloseTo(1645.355, within(1e-11));
    assertThat(evaluator.metrics().r2()).isCloseTo(-0.9324245967946991, within(1e-12));
  }

  @Property(tries = 50)
  void blocksDoNotChangeTheBits(@ForAll @IntRange(min = 1, max = 99) int cut) {
    float[] targets = new float[100];
    float[] predictions = new float[100];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) Math.sin(i);
      predictions[i] = (float) Math.cos(i);
    }
    RegressionEvaluator whole = new RegressionEvaluator(List.of("y"), null);
    whole.add(FloatBlock.of(1, targets), FloatBlock.of(1, predictions), null);
    RegressionEvaluator parts = new RegressionEvaluator(List.of("y"), null);
    parts.add(FloatBlock.of(1, targets).head(cut), FloatBlock.of(1, predictions).head(cut), null);
    parts.add(
        FloatBlock.of(1, Arrays.copyOfRange(targets, cut, 100)),
        FloatBlock.of(1, Arrays.copyOfRange(predictions, cut, 100)),
        null);

    assertThat(parts.metrics()).isEqualTo(whole.metrics());
  }

  @Test
  void r2OfAConstantLabelIsAbsentWithItsReason() {
    RegressionEvaluator evaluator = new RegressionEvaluator(List.of("y", "rate"), null);
    evaluator.add(
        FloatBlock.of(2, 1, 0.1f, 2, 0.1f, 4, 0.1f), FloatBlock.of(2, 1, 1, 2, 1, 4, 1), null);

    RegressionMetrics metrics = evaluator.metrics();
    assertThat(metrics.labels()).extracting(LabelMetrics::r2).containsExactly(1.0, null);
    assertThat(metrics.r2()).isNull();
    assertThat(metrics.byName()).containsOnlyKeys("mse", "rmse", "mae");
    assertThat(metrics.values().undefined())
        .isEqualTo(Map.of("r2", "rate has the same value in every row, so no variance to explain"));
  }

  @Test
  void r2OfOneRowIsAbsentWithItsReason() {
    RegressionMetrics metrics =
        RegressionEvaluator.evaluate(matrix("y", 2), matrix("y", 5), null, null);

    assertThat(metrics.byName()).isEqualTo(Map.of("mse", 9.0, "rmse", 3.0, "mae", 3.0));
    assertThat(metrics.values().undefined())
        .isEqualTo(Map.of("r2", "one row has no variance to explain"));
  }

  /**
   * scikit-learn 1.9.1 with {@code sample_weight}: mean_squared_error, mean_absolute_error,
   * r2_score and the deviances, of y and p as below (gamma of y + 1, as it takes no 0).
   */
  @Test
  void weightsAndDeviancesAsScikitLearn() {
    assertThat(values(null, WEIGHTS, 0))
        .containsEntry("mse", 0.35)
        .containsEntry("mae", 0.5666666666666667)
        .containsEntry("r2", 0.775);
    assertDeviance(
        new Deviance.Poisson(),
        0,
        "mean_poisson_deviance",
        0.38261938788180416,
        0.35440179783830356);
    assertDeviance(
        new Deviance.Gamma(), 1, "mean_gamma_deviance", 0.3173056908714783, 0.24874484421643484);
    assertDeviance(
        new Deviance.Tweedie(1.5),
        0,
        "mean_tweedie_deviance",
        0.7162315285049856,
        0.5857345656633677);
    assertDeviance(
        new Deviance.Tweedie(1.25),
        0,
        "mean_tweedie_deviance",
        0.48108468627686857,
        0.42435911622494416);
    assertDeviance(new Deviance.Pinball(0.25), 0, "pinball", 0.3, 0.3416666666666667);
  }

  private static final FloatMatrix WEIGHTS = matrix("w", 1, 2, 0.5f, 1, 3);

  private static void assertDeviance(
      Deviance deviance, float shift, String metric, double plain, double weighted) {
    assertThat(values(deviance, null, shift).get(metric)).isCloseTo(plain, within(1e-14));
    assertThat(values(deviance, WEIGHTS, shift).get(metric)).isCloseTo(weighted, within(1e-14));
  }

  private static Map<String, Double> values(
      @Nullable Deviance deviance, @Nullable FloatMatrix weights, float shift) {
    FloatMatrix targets = matrix("y", shift, 1 + shift, 2.5f + shift, 4 + shift, 0.5f + shift);
    FloatMatrix predictions = matrix("y", 0.5f, 1.5f, 2, 3, 1);
    return RegressionEvaluator.evaluate(targets, predictions, weights, deviance).byName();
  }

  @Test
  void aDevianceThatARowHasNotIsAbsentWithItsReason() {
    assertUndefined(new Deviance.Poisson(), -1, 1, "a label is negative");
    assertUndefined(new Deviance.Poisson(), 1, 0, "a prediction is not positive");
    assertUndefined(new Deviance.Gamma(), 0, 1, "a label is not positive");
    assertUndefined(new Deviance.Tweedie(1.5), -1, 1, "a label is negative");
  }

  private static void assertUndefined(
      Deviance deviance, float target, float prediction, String reason) {
    RegressionMetrics metrics =
        RegressionEvaluator.evaluate(
            matrix("y", 3, target), matrix("y", 1, prediction), null, deviance);
    assertThat(metrics.byName()).containsOnlyKeys("mse", "rmse", "mae", "r2");
    assertThat(metrics.values().undefined()).containsEntry(deviance.metric().key(), reason);
  }

  @Test
  void rejects() {
    RegressionEvaluator evaluator = new RegressionEvaluator(List.of("y"), null);
    assertThatThrownBy(evaluator::metrics)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the weights of all rows must sum to > 0, but were 0");
    assertThatThrownBy(() -> evaluator.add(FloatBlock.of(1, 1, 2), FloatBlock.of(1, 1), null))
        .hasMessage("predictions must be 2 x 1, but was 1 x 1");
    assertThatThrownBy(() -> evaluator.add(FloatBlock.of(2, 1, 2), FloatBlock.of(2, 1, 2), null))
        .hasMessage("targets must be 1 x 1, but was 1 x 2");
    evaluator.add(FloatBlock.of(1, 1, 2), FloatBlock.of(1, 1, 2), null);
    assertThatThrownBy(() -> evaluator.add(FloatBlock.of(1, 3), FloatBlock.of(1, Float.NaN), null))
        .hasMessage("prediction of y in row 3 must be a finite number, but was NaN");
  }

  private static FloatMatrix matrix(String label, float... values) {
    return new FloatMatrix(List.of(label), List.of(FloatBlock.of(1, values)));
  }
}
