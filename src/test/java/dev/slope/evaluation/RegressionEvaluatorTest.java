package dev.slope.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedLabels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegressionEvaluatorTest {
  private static final Offset<Double> ROUNDING = within(1e-14);
  private static final ModelConfig LINEAR =
      new ModelConfig.LinearRegression(true, 0, 0, Map.of(), new InitializerConfig.Zeros());

  @Test
  void oneLabelByHand() {
    // errors 1, -2, 2: squares 1 + 4 + 4 = 9, absolutes 5, their median 2, parts of the labels 1,
    // 2/3 and 2/5; targets about their mean 3: 4 + 0 + 4 = 8; errors about their mean 1/3:
    // 4/9 + 49/9 + 25/9 = 78/9. With 2 parameters adjusted r2 is 1 - 9/8 * 2/1.
    RegressionMetrics metrics =
        RegressionEvaluator.evaluate(
            model(null, 2, null), matrix("y", 1, 3, 5), matrix("y", 0, 5, 3), null);

    assertThat(metrics.rows()).isEqualTo(3);
    assertThat(metrics.values().undefined()).isEmpty();
    assertThat(metrics.baseline()).isNull();
    assertValues(
        metrics.values(),
        Map.of(
            "mse",
            3.0,
            "rmse",
            Math.sqrt(3),
            "mae",
            5 / 3.0,
            "median_absolute_error",
            2.0,
            "mape",
            (1 + 2 / 3.0 + 2 / 5.0) / 3,
            "r2",
            1 - 9 / 8.0,
            "adjusted_r2",
            1 - 9 / 4.0,
            "explained_variance",
            1 - 78 / 72.0));
  }

  @Test
  void severalLabelsAsScikitLearn() {
    // scikit-learn 1.9.1, y and p the rows below as float64 arrays of 4 x 3:
    //   mean_squared_error(y, p), root_mean_squared_error(y, p), mean_absolute_error(y, p),
    //   r2_score(y, p), and the same with multioutput="raw_values"
    FloatMatrix targets =
        new FloatMatrix(
            List.of("a", "b", "c"),
            List.of(FloatBlock.of(3, 3, -0.5f, 10, 1.5f, 2, 12, -2, 7, 11, 4, 1, 9.5f)));
    FloatMatrix predictions =
        new FloatMatrix(
            targets.names(),
            List.of(FloatBlock.of(3, 2.5f, 0, 9, 1, 2, 12.5f, -1, 8, 11.25f, 4.5f, 1.5f, 10)));

    RegressionMetrics metrics =
        RegressionEvaluator.evaluate(model(null, null, null), targets, predictions, null);

    Map<String, Double> values = metrics.values().byName();
    assertThat(values.get("mse")).isCloseTo(0.4010416666666667, ROUNDING);
    assertThat(values.get("rmse")).isCloseTo(0.632936754487314, ROUNDING);
    assertThat(values.get("mae")).isCloseTo(0.5625, ROUNDING);
    assertThat(values.get("r2")).isCloseTo(0.8147805877730212, ROUNDING);
    assertThat(values).doesNotContainKey("adjusted_r2");
    assertThat(metrics.labels()).extracting(LabelMetrics::label).containsExactly("a", "b", "c");
    assertThat(metrics.labels())
        .extracting(LabelMetrics::mse)
        .containsExactly(0.4375, 0.375, 0.390625);
    assertThat(metrics.labels()).extracting(LabelMetrics::mae).containsExactly(0.625, 0.5, 0.5625);
    assertThat(metrics.labels().get(2).rmse()).isEqualTo(0.625);
    assertThat(metrics.labels().get(1).r2()).isCloseTo(0.95266272, within(5e-9));
  }

  /**
   * A thousand rows whose errors are tied many times over. scikit-learn 1.9.1 on the same rows as
   * float64: mean_squared_error, root_mean_squared_error, mean_absolute_error,
   * median_absolute_error, mean_absolute_percentage_error, r2_score, explained_variance_score;
   * DummyRegressor(strategy="mean") for the baseline, with mean_gamma_deviance.
   */
  @Test
  void aThousandRowsAsScikitLearn() {
    FloatMatrix targets = targetsOfThousand();
    RegressionMetrics metrics =
        RegressionEvaluator.evaluate(
            model(new Deviance.Gamma(), 11, baseline(LINEAR, targets, null)),
            targets,
            column(thousand(i -> (i * 53 % 97 + 1) / 8f)),
            null);
    assertThat(metrics.values().byName()).containsKey("mean_gamma_deviance");

    RegressionMetrics plain =
        RegressionEvaluator.evaluate(
            model(null, 11, baseline(LINEAR, targets, null)),
            targets,
            predictionsOfThousand(),
            null);
    double r2 = -0.9385858807940703;
    assertValues(
        plain.values(),
        Map.of(
            "mse", 25.790640625,
            "rmse", 5.078448643532787,
            "mae", 4.148875,
            "median_absolute_error", 3.625,
            "mape", 1.9869002832169864,
            "r2", r2,
            "adjusted_r2", 1 - (1 - r2) * 999 / 989,
            "explained_variance", -0.9271310966439554));
    assertValues(
        Objects.requireNonNull(metrics.baseline()),
        Map.of(
            "mse", 13.3038421875,
            "rmse", 3.6474432397914023,
            "mae", 3.1585124999999996,
            "median_absolute_error", 3.1262499999999998,
            "mape", 1.9389357578955897,
            "r2", 0.0,
            "adjusted_r2", 0.0,
            "explained_variance", 0.0,
            "mean_gamma_deviance", 0.5710553079405122));
  }

  /** The same with {@code sample_weight}, a fifth of them 0. */
  @Test
  void aThousandWeightedRowsAsScikitLearn() {
    FloatMatrix targets = targetsOfThousand();
    FloatMatrix weights = weightsOfThousand();
    RegressionMetrics metrics =
        RegressionEvaluator.evaluate(
            model(null, 11, baseline(LINEAR, targets, weights)),
            targets,
            predictionsOfThousand(),
            weights);

    double r2 = -0.9466387422258309;
    assertValues(
        metrics.values(),
        Map.of(
            "mse", 25.8221484375,
            "rmse", 5.081549806653478,
            "mae", 4.1514375,
            "median_absolute_error", 3.625,
            "mape", 2.0291244617858997,
            "r2", r2,
            "adjusted_r2", 1 - (1 - r2) * 799 / 789, // rows without weight are none
            "explained_variance", -0.9355478810200615));
    assertValues(
        Objects.requireNonNull(metrics.baseline()),
        Map.of(
            "mse", 13.2649925625,
            "rmse", 3.6421137492533098,
            "mae", 3.1531805,
            "median_absolute_error", 3.1342499999999998,
            "mape", 1.9324049393828757,
            "r2", 0.0,
            "adjusted_r2", 0.0,
            "explained_variance", 0.0));
  }

  /** scikit-learn 1.9.1: DummyRegressor(strategy="median"), and "quantile" with 0.25. */
  @Test
  void baselinesOfMedianAndQuantile() {
    FloatMatrix targets = targetsOfThousand();
    FloatMatrix weights = weightsOfThousand();
    ModelConfig median =
        new ModelConfig.AbsoluteRegression(true, 0, 0, Map.of(), new InitializerConfig.Zeros());
    ModelConfig quantile =
        new ModelConfig.QuantileRegression(
            0.25, true, 0, 0, Map.of(), new InitializerConfig.Zeros());
    assertThat(baseline(median, targets, null).constants()).containsExactly(6.375);
    assertThat(baseline(median, targets, weights).constants()).containsExactly(6.375);
    assertThat(baseline(quantile, targets, null).constants()).containsExactly(3.25);
    assertThat(baseline(quantile, targets, weights).constants()).containsExactly(3.25);

    RegressionMetrics metrics =
        RegressionEvaluator.evaluate(
            model(new Deviance.Pinball(0.25), null, baseline(quantile, targets, weights)),
            targets,
            predictionsOfThousand(),
            weights);
    Map<String, Double> values = Objects.requireNonNull(metrics.baseline()).byName();
    assertThat(values.get("mse")).isCloseTo(22.972890625, ROUNDING);
    assertThat(values.get("mae")).isCloseTo(3.91925, ROUNDING);
    assertThat(values.get("r2")).isCloseTo(-0.7318434606547861, ROUNDING);
    assertThat(values.get("explained_variance")).isEqualTo(0);
  }

  @Test
  void aLargeMeanDoesNotCancel() {
    // scikit-learn 1.9.1: y = 1e6 + (i * 37 % 101), p = 1e6 + (i * 53 % 97), i = 0..999
    Map<String, Double> values =
        RegressionEvaluator.evaluate(
                model(null, null, null),
                column(thousand(i -> 1e6f + i * 37 % 101)),
                column(thousand(i -> 1e6f + i * 53 % 97)),
                null)
            .values()
            .byName();

    assertThat(values.get("mse")).isCloseTo(1645.355, within(1e-11));
    assertThat(values.get("r2")).isCloseTo(-0.9324245967946991, within(1e-12));
  }

  @Property(tries = 50)
  void blocksDoNotChangeTheBits(@ForAll @IntRange(min = 1, max = 99) int cut) {
    float[] targets = new float[100];
    float[] predictions = new float[100];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) Math.sin(i);
      predictions[i] = (float) Math.cos(i);
    }
    MeasuredModel model = model(null, 2, new Baseline(List.of(0.5)));
    RegressionMetrics whole =
        RegressionEvaluator.evaluate(model, column(targets), column(predictions), null);
    RegressionMetrics parts =
        RegressionEvaluator.evaluate(model, cut(targets, cut), cut(predictions, cut), null);

    assertThat(parts).isEqualTo(whole);
  }

  private static FloatMatrix cut(float[] values, int at) {
    return new FloatMatrix(
        List.of("y"),
        List.of(
            FloatBlock.of(1, Arrays.copyOfRange(values, 0, at)),
            FloatBlock.of(1, Arrays.copyOfRange(values, at, values.length))));
  }

  @Test
  void r2OfAConstantLabelIsAbsentWithItsReason() {
    FloatMatrix targets =
        new FloatMatrix(List.of("y", "rate"), List.of(FloatBlock.of(2, 1, 0.1f, 2, 0.1f, 4, 0.1f)));
    FloatMatrix predictions =
        new FloatMatrix(targets.names(), List.of(FloatBlock.of(2, 1, 1, 2, 1, 4, 1)));

    RegressionMetrics metrics =
        RegressionEvaluator.evaluate(
            model(null, 2, baseline(LINEAR, targets, null)), targets, predictions, null);
    assertThat(metrics.labels()).extracting(LabelMetrics::r2).containsExactly(1.0, null);
    assertThat(metrics.values().byName())
        .containsOnlyKeys("mse", "rmse", "mae", "median_absolute_error", "mape");
    String reason = "rate has the same value in every row, so no variance to explain";
    assertThat(metrics.values().undefined())
        .isEqualTo(Map.of("r2", reason, "adjusted_r2", reason, "explained_variance", reason));
    MetricValues baseline = Objects.requireNonNull(metrics.baseline());
    assertThat(baseline.undefined()).isEqualTo(metrics.values().undefined());
    // (1 - 7/3)^2 + (2 - 7/3)^2 + (4 - 7/3)^2 = 42/9 of y, and 0 of rate, though 0.1f is no tenth.
    assertThat(baseline.byName().get("mse")).isCloseTo(42 / 9.0 / 3 / 2, ROUNDING);
  }

  @Test
  void metricsOfOneRowAreAbsentWithTheirReasons() {
    RegressionMetrics metrics =
        RegressionEvaluator.evaluate(model(null, 2, null), matrix("y", 2), matrix("y", 5), null);

    assertThat(metrics.values().byName())
        .isEqualTo(
            Map.of("mse", 9.0, "rmse", 3.0, "mae", 3.0, "median_absolute_error", 3.0, "mape", 1.5));
    assertThat(metrics.values().undefined())
        .containsEntry("r2", "one row has no variance to explain");
  }

  @Test
  void metricsThatDontApplyAreAbsentWithTheirReasons() {
    MetricValues values =
        RegressionEvaluator.evaluate(
                model(null, 3, null), matrix("y", 0, 1, 3), matrix("y", 0, 1, 2), null)
            .values();
    assertThat(values.undefined())
        .isEqualTo(
            Map.of(
                "mape",
                "a label is 0, and no error is a part of that",
                "adjusted_r2",
                "3 rows are not more than the 3 parameters"));
    // Squared error 1 of deviations (-4/3)^2 + (-1/3)^2 + (5/3)^2 = 42/9.
    assertThat(values.byName().get("r2")).isCloseTo(1 - 9 / 42.0, ROUNDING);
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
    assertThat(values(deviance, null, shift).get(metric)).isCloseTo(plain, ROUNDING);
    assertThat(values(deviance, WEIGHTS, shift).get(metric)).isCloseTo(weighted, ROUNDING);
  }

  private static Map<String, Double> values(
      @Nullable Deviance deviance, @Nullable FloatMatrix weights, float shift) {
    FloatMatrix targets = matrix("y", shift, 1 + shift, 2.5f + shift, 4 + shift, 0.5f + shift);
    FloatMatrix predictions = matrix("y", 0.5f, 1.5f, 2, 3, 1);
    return RegressionEvaluator.evaluate(model(deviance, null, null), targets, predictions, weights)
        .values()
        .byName();
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
    MetricValues values =
        RegressionEvaluator.evaluate(
                model(deviance, null, null),
                matrix("y", 3, target),
                matrix("y", 1, prediction),
                null)
            .values();
    assertThat(values.byName()).containsKeys("mse", "rmse", "mae", "r2");
    assertThat(values.byName()).doesNotContainKey(deviance.metric().key());
    assertThat(values.undefined()).containsEntry(deviance.metric().key(), reason);
  }

  @Test
  void rejects() {
    MeasuredModel model = model(null, null, null);
    assertThatThrownBy(
            () ->
                RegressionEvaluator.evaluate(model, matrix("y", 1), matrix("y", 1), matrix("w", 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the weights of all rows must sum to > 0, but were 0");
    assertThatThrownBy(
            () -> RegressionEvaluator.evaluate(model, matrix("y", 1, 2), matrix("y", 1), null))
        .hasMessage("predictions must be 2 x 1, but was 1 x 1");
    assertThatThrownBy(
            () ->
                RegressionEvaluator.evaluate(
                    model,
                    cut(new float[] {1, 2, 3}, 2),
                    cut(new float[] {1, 2, Float.NaN}, 2),
                    null))
        .hasMessage("prediction of y in row 3 must be a finite number, but was NaN");
    assertThatThrownBy(
            () ->
                RegressionEvaluator.evaluate(
                    model, matrix("y", 1, Float.POSITIVE_INFINITY), matrix("y", 1, 2), null))
        .hasMessage("target of y in row 2 must be a finite number, but was Infinity");
  }

  private static MeasuredModel model(
      @Nullable Deviance deviance, @Nullable Integer parameters, @Nullable Baseline baseline) {
    return new MeasuredModel(
        new FittedLabels.Regression(List.of("y")), deviance, parameters, baseline);
  }

  private static Baseline baseline(
      ModelConfig model, FloatMatrix targets, @Nullable FloatMatrix weights) {
    return Baseline.of(model, new FittedLabels.Regression(targets.names()), targets, weights);
  }

  private static void assertValues(MetricValues values, Map<String, Double> expected) {
    assertThat(values.undefined()).isEmpty();
    assertThat(values.byName()).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, value) ->
            assertThat(values.byName().get(name)).as(name).isCloseTo(value, within(1e-13)));
  }

  private static FloatMatrix targetsOfThousand() {
    return column(thousand(i -> (i * 37 % 101 + 1) / 8f));
  }

  private static FloatMatrix predictionsOfThousand() {
    return column(thousand(i -> i * 53 % 97 / 8f));
  }

  private static FloatMatrix weightsOfThousand() {
    return column(thousand(i -> i * 7 % 5 / 4f));
  }

  private static float[] thousand(IntFunction<Float> value) {
    float[] values = new float[1_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.apply(i);
    }
    return values;
  }

  private static FloatMatrix column(float... values) {
    return matrix("y", values);
  }

  private static FloatMatrix matrix(String label, float... values) {
    return new FloatMatrix(List.of(label), List.of(FloatBlock.of(1, values)));
  }
}
