package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code report.statistics} from the data to model.json, summary and inspection. */
class StatisticsTest {
  /** Coefficients are trained, and rows scored, in float32. */
  private static final Percentage FLOAT32 = Percentage.withPercentage(0.002);

  @TempDir Path folder;

  /**
   * statsmodels 0.15.0, OLS(target, add_constant(the ten columns)).fit() of
   * configs/data/diabetes.csv in float32: bse, tvalues, pvalues, conf_int(),
   * variance_inflation_factor; condition_number with the columns standardised.
   */
  @Test
  void leastSquaresAsStatsmodels() {
    CommandResult trained = trainDiabetes();
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    JsonNode output =
        CommandResult.of("inspect", folder.resolve("diabetes"), "--json")
            .json()
            .at("/model/outputs/0");
    JsonNode bmi = output.at("/coefficients/2");
    assertThat(bmi.get("feature").asString()).isEqualTo("bmi");
    assertEstimate(
        bmi.get("estimate"),
        0.7171055207424357,
        7.81330220830839,
        4.296395618127461e-14,
        4.1935032088642075,
        7.012421088749814);
    assertThat(bmi.at("/estimate/inflation").asDouble()).isCloseTo(1.509437370885102, FLOAT32);
    assertThat(output.at("/coefficients/4/estimate/inflation").asDouble())
        .isCloseTo(59.20250648638291, FLOAT32);
    assertEstimate(
        output.get("intercept_estimate"),
        67.45461839212581,
        -4.95988415654461,
        1.0166196415303105e-06,
        -467.14802037847323,
        -201.98616571926166);
    JsonNode fit = output.get("statistics");
    assertThat(fit.get("statistic").asString()).isEqualTo("t");
    assertThat(fit.get("degrees_of_freedom").asLong()).isEqualTo(431);
    assertFit(fit, "explained", 0.517748414891315);
    assertFit(fit, "adjusted_r2", 0.5065592829862411);
    assertFit(fit, "log_likelihood", -2385.9928654821742);
    assertFit(fit, "aic", 4793.9857309643485);
    assertFit(fit, "bic", 4838.990139667203);
    assertFit(fit, "dispersion", 2932.6816817698627);
    assertFit(fit, "condition_number", 21.681281499859093);
    assertFit(fit.get("test"), "statistic", 46.27243822700252);
    assertFit(fit.get("test"), "p_value", 3.828661362456653e-62);
    assertThat(trained.out())
        .contains(
            "  bmi                 5.60296         24.7265      0.717106      7.813   4.30e-14  "
                + "     4.19350       7.01242      1.509\n")
        .contains("  F 46.2724 on 10 and 431 degrees of freedom, p 3.83e-62\n");
    assertThat(CommandResult.of("inspect", folder.resolve("diabetes")).out())
        .contains("  r2 0.517748, adjusted r2 0.506559, log-likelihood -2385.99, AIC 4793.99,");
  }

  /**
   * NumPy 2 in float64: the standard errors from the inverse of R of the QR decomposition of
   * [columns, 1], t, r2, the residual variance, F and the log-likelihood.
   */
  @Test
  void leastSquaresOfFloat64ToEightDigits() {
    CommandResult trained = trainDiabetes("--json", "--set", "/training/precision=float64");
    JsonNode output = output(trained);
    assertDigits(output.at("/coefficients/2/estimate/standard_error"), 0.7171055005609105);
    assertDigits(output.at("/coefficients/2/estimate/statistic"), 7.813302348874947);
    assertDigits(output.at("/coefficients/8/estimate/standard_error"), 15.669719238707179);
    assertDigits(output.at("/intercept_estimate/standard_error"), 67.45462110434138);
    assertDigits(output.at("/intercept_estimate/statistic"), -4.959884631199179);
    JsonNode fit = output.get("statistics");
    assertDigits(fit.get("explained"), 0.5177484222203499);
    assertDigits(fit.get("dispersion"), 2932.6816372003323);
    assertDigits(fit.at("/test/statistic"), 46.272439585243234);
    assertDigits(fit.get("log_likelihood"), -2385.992862123519);
  }

  private CommandResult trainDiabetes(Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "train",
                Path.of("configs", "diabetes.json"),
                "--models",
                folder,
                "--set",
                "/training/optimizer=newton",
                "--set",
                "/report/statistics=true",
                "--set",
                "/report/plots=false"));
    arguments.addAll(List.of(more));
    return CommandResult.of(arguments.toArray());
  }

  private static void assertDigits(JsonNode value, double expected) {
    assertThat(value.asDouble()).isCloseTo(expected, Percentage.withPercentage(1e-6));
  }

  /**
   * statsmodels 0.15.0, GLM(c, [x, g = 1, g = 2, 1], Binomial()): of a category's levels the first
   * is left out of the vocabulary, so that the others differ from it.
   */
  @Test
  void logisticRegressionAsStatsmodels() throws IOException {
    JsonNode output = output(train("newton", "[\"1\", \"2\"]", ""));

    JsonNode x = output.at("/coefficients/0/estimate");
    assertThat(output.at("/coefficients/0/value").asDouble())
        .isCloseTo(0.9803929855652556, FLOAT32);
    assertEstimate(
        x,
        0.33095395560298385,
        0.9803929855652556 / 0.33095395560298385,
        0.003053258892078982,
        0.33173515204233917,
        1.6290508190881718);
    assertThat(output.at("/coefficients/2/level").asString()).isEqualTo("2");
    assertThat(output.at("/coefficients/2/estimate/p_value").asDouble())
        .isCloseTo(0.09047952871354331, FLOAT32);
    assertThat(output.at("/intercept_estimate/standard_error").asDouble())
        .isCloseTo(0.7237666078580945, FLOAT32);
    JsonNode fit = output.get("statistics");
    assertThat(fit.get("statistic").asString()).isEqualTo("z");
    assertFit(fit, "log_likelihood", -19.636954206205083);
    assertFit(fit, "deviance", 39.27390841241016);
    assertFit(fit, "null_deviance", 55.35173273640639);
    assertThat(fit.at("/test/name").asString()).isEqualTo("likelihood_ratio");
    assertFit(fit.get("test"), "statistic", 55.35173273640639 - 39.27390841241016);
  }

  /** All levels of a category sum to the intercept. */
  @Test
  void collinearLevelsHaveNone() throws IOException {
    CommandResult trained = train("newton", "[\"0\", \"1\", \"2\"]", "");
    assertThat(trained.err())
        .contains(
            "no statistics of the coefficients: g=2 depends on the features before it: they are"
                + " collinear");
    assertThat(output(trained).has("statistics")).isFalse();
    assertThat(CommandResult.of("inspect", folder.resolve("models/rows")).out())
        .contains("  no statistics: g=2 depends on the features before it: they are collinear");
  }

  @Test
  void aTrainingThatHasNotArrivedHasNone() throws IOException {
    CommandResult trained = train("gradient_descent", "[\"1\", \"2\"]", ", \"epochs\": 5");
    assertThat(trained.err())
        .containsPattern(
            "no statistics of the coefficients: training ended short of the optimum, the coefficient"
                + " of \\S+ \\S+ standard errors from it; take the optimizer newton, or more epochs");
  }

  private CommandResult train(String optimizer, String vocabulary, String more) throws IOException {
    StringBuilder rows = new StringBuilder("x,g,c\n");
    for (int i = 0; i < 40; i++) {
      double x = (i * 37 % 41 - 20) / 8.0;
      int g = i % 3;
      double score = (i * 7 % 5 - 2) * 1.5 + x + (g == 2 ? 0.8 : g == 1 ? -0.3 : 0);
      rows.append(String.format(Locale.ROOT, "%s,%d,%d%n", x, g, score > 0 ? 1 : 0));
    }
    Files.writeString(folder.resolve("rows.csv"), rows);
    Path config =
        Files.writeString(
            folder.resolve("rows.json"),
            """
            {"data": {"train": "rows.csv"}, "label": "c",
             "features": {"x": "numeric",
                          "g": {"type": "categorical", "vocabulary": %s, "oov": "ignore"}},
             "model": "logistic_regression",
             "training": {"optimizer": "%s"%s},
             "report": {"plots": false, "statistics": true}}
            """
                .formatted(vocabulary, optimizer, more));
    CommandResult trained =
        CommandResult.of("train", config, "--models", folder.resolve("models"), "--json");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    return trained;
  }

  private static JsonNode output(CommandResult trained) {
    return trained.json().at("/outputs/0");
  }

  private static void assertEstimate(
      JsonNode estimate, double error, double statistic, double p, double low, double high) {
    assertThat(estimate.get("standard_error").asDouble()).isCloseTo(error, FLOAT32);
    assertThat(estimate.get("statistic").asDouble()).isCloseTo(statistic, FLOAT32);
    assertThat(estimate.get("p_value").asDouble()).isCloseTo(p, FLOAT32);
    assertThat(estimate.get("low").asDouble()).isCloseTo(low, FLOAT32);
    assertThat(estimate.get("high").asDouble()).isCloseTo(high, FLOAT32);
  }

  private static void assertFit(JsonNode object, String key, double expected) {
    assertThat(object.get(key).asDouble()).as(key).isCloseTo(expected, FLOAT32);
  }
}
