package dev.slope.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slope.config.BinaryLink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against statsmodels 0.15.0, whose coefficients are taken as the fit. With i from 0 to 59:
 *
 * <pre>
 * X     = [(i*37)%101/16, (i*53)%97/32 - 1 + (i*37)%101/64, sin(i)*3 + 100]
 * eta   = 0.4 X0 - 0.7 X1 + 0.05 (X2 - 100),  e = cos(i*i*1.7)
 * w     = ((i*7)%5 + 1)/4,  offset = (i*11)%7/8
 * OLS, WLS    y = 2 + eta + e, C = add_constant(X, prepend=False)
 *             OLS(y, C).fit(), WLS(y, C, weights=w).fit(), OLS(y, X).fit()
 * Poisson     y = round(3 exp(eta/2 + e/2)), GLM(y, C, family=Poisson()).fit(tol=1e-14, maxiter=200)
 * Gamma       y = exp(eta/2 + e/2), Gamma(Log()), fit(use_t=True); Tweedie the same with y = 0
 *             where e &lt; -0.5, Tweedie(Log(), var_power=1.5)
 * Logit, ...  y = eta + 2 e &gt; 0.3, Binomial() with Logit, Probit, CLogLog
 * weighted    var_weights=w;  offset: offset=offset
 * </pre>
 *
 * {@code statsmodels.txt} has, of each, params, bse, tvalues, pvalues, conf_int(), and of the fit
 * rsquared, fvalue, llf and so on; of a GLM {@code test} is scipy's {@code chi2.sf} of the
 * difference of the deviances, or {@code f.sf} where the dispersion is estimated.
 */
class FitStatisticsCalculatorTest {
  private static final int ROWS = 60;
  private static final Percentage RELATIVE = Percentage.withPercentage(1e-6); // 1e-8

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OLS",
        "WLS",
        "OLS no intercept",
        "Poisson",
        "Poisson weighted",
        "Poisson offset",
        "Poisson no intercept",
        "Logit",
        "Logit weighted",
        "Logit offset",
        "Probit",
        "Cloglog",
        "Gamma",
        "Gamma weighted",
        "Gamma offset",
        "Tweedie",
        "Tweedie weighted",
        "Tweedie offset"
      })
  void asStatsmodels(String name) throws IOException, StatisticsException {
    Expected expected = Expected.of(name);
    Fit fit = new Fit(name, expected.all("params"), new double[3], new double[] {1, 1, 1});
    OutputStatistics statistics = fit.statistics();
    assertEstimates(statistics, expected);
    FitStatistics whole = statistics.fit();
    assertThat(whole.rows()).isEqualTo(ROWS);
    assertThat(whole.degreesOfFreedom()).isEqualTo((long) expected.one("df"));
    assertThat(whole.dispersion()).isCloseTo(expected.one("dispersion"), RELATIVE);
    assertThat(whole.deviance()).isCloseTo(expected.one("deviance"), RELATIVE);
    expected.assertIs("log_likelihood", whole.logLikelihood());
    expected.assertIs("aic", whole.aic());
    expected.assertIs("bic", whole.bic());
    if (expected.has("explained")) {
      expected.assertIs("explained", whole.explained());
      expected.assertIs("adjusted_r2", whole.adjustedR2());
      assertThat(whole.conditionNumber()).isCloseTo(expected.one("condition_number"), RELATIVE);
    } else {
      assertThat(whole.adjustedR2()).isNull();
    }
    if (expected.has("null_deviance")) {
      double nullDeviance = expected.one("null_deviance");
      assertThat(whole.nullDeviance()).isCloseTo(nullDeviance, RELATIVE);
      assertThat(whole.explained()).isCloseTo(1 - whole.deviance() / nullDeviance, RELATIVE);
    }
    if (expected.has("test")) {
      FitStatistics.Test test = Objects.requireNonNull(whole.test());
      assertThat(test.numerator()).isEqualTo(3);
      assertThat(test.statistic()).isCloseTo(expected.one("test"), RELATIVE);
      assertThat(test.pValue()).isCloseTo(expected.one("test_p"), RELATIVE);
    }
  }

  /** The same fit on scaled inputs has the same statistics on the original scale. */
  @ParameterizedTest
  @ValueSource(strings = {"OLS", "WLS", "Poisson weighted", "Logit", "Gamma offset"})
  void ofScaledInputsAsStatsmodels(String name) throws IOException, StatisticsException {
    Expected expected = Expected.of(name);
    Fit fit =
        new Fit(
            name, expected.all("params"), new double[] {2, -0.5, 100}, new double[] {1.5, 0.25, 3});
    assertEstimates(fit.statistics(), expected);
  }

  /** statsmodels' variance_inflation_factor of the columns of C. */
  @Test
  void varianceInflationAsStatsmodels() throws IOException, StatisticsException {
    OutputStatistics statistics =
        new Fit("OLS", Expected.of("OLS").all("params"), new double[3], new double[] {1, 1, 1})
            .statistics();
    assertThat(statistics.coefficients().get(0).inflation())
        .isCloseTo(1.4340984559274408, RELATIVE);
    assertThat(statistics.coefficients().get(1).inflation())
        .isCloseTo(1.4336263576657418, RELATIVE);
    assertThat(statistics.coefficients().get(2).inflation())
        .isCloseTo(1.0018018067465495, RELATIVE);
    assertThat(Objects.requireNonNull(statistics.intercept()).inflation()).isNull();
  }

  @Test
  void isRefusedWithItsReason() {
    Information one = new Information(3, new double[] {1}, new double[] {2}, true);
    ScaledCoefficients line =
        new ScaledCoefficients(
            List.of("x"), new double[] {1}, 0, new double[] {0}, new double[] {1});
    assertRefused(line, one, rows(0, 0, 1, 1), "2 rows are not more than the 2 parameters");
    assertRefused(
        line,
        one,
        rows(0, 0, 1, 1, 2, 2),
        "the fit has no error to estimate the coefficients' from");
    Information constant = new Information(3, new double[] {1}, new double[] {0}, true);
    assertRefused(line, constant, rows(0, 0, 1, 1, 3, 2), "x is constant");
    // The second column is twice the first.
    Information collinear =
        new Information(4, new double[] {1, 2}, new double[] {2, 4, 4, 8}, true);
    ScaledCoefficients plane =
        new ScaledCoefficients(
            List.of("x", "z"), new double[2], 0, new double[2], new double[] {1, 1});
    assertRefused(
        plane,
        collinear,
        rows(0, 0, 1, 1, 3, 2, 0, 1),
        "z depends on the features before it: they are collinear");
    assertThatThrownBy(
            () ->
                FitStatisticsCalculator.of(
                    new Family.Binomial(BinaryLink.LOGIT), line, one, rows(0, -1, 1, 1, 1, 2)))
        .isInstanceOf(StatisticsException.class)
        .hasMessageStartingWith("the scores tell the classes apart without an error");
  }

  private static void assertRefused(
      ScaledCoefficients coefficients, Information information, ScoredRows rows, String reason) {
    assertThatThrownBy(
            () ->
                FitStatisticsCalculator.of(new Family.Gaussian(), coefficients, information, rows))
        .isInstanceOf(StatisticsException.class)
        .hasMessage(reason);
  }

  /** Pairs of target and score. */
  private static ScoredRows rows(double... pairs) {
    return visitor -> {
      for (int i = 0; i < pairs.length; i += 2) {
        visitor.visit(pairs[i], pairs[i + 1], 0, 1);
      }
    };
  }

  /** A chi-squared test of no effect at all: 60 rows without features. */
  @Test
  void withoutFeatures() throws StatisticsException {
    // Four counts 1, 2, 3, 2: mean 2, information 4 * 2, standard error of log 2 is 1/sqrt(8).
    ScoredRows rows =
        visitor -> {
          for (double target : new double[] {1, 2, 3, 2}) {
            visitor.visit(target, Math.log(2), 0, 1);
          }
        };
    OutputStatistics statistics =
        FitStatisticsCalculator.of(
            new Family.Poisson(),
            new ScaledCoefficients(
                List.of(), new double[0], Math.log(2), new double[0], new double[0]),
            new Information(8, new double[0], new double[0], true),
            rows);
    assertThat(statistics.fit().test()).isNull();
    assertThat(statistics.fit().nullDeviance()).isCloseTo(statistics.fit().deviance(), RELATIVE);
    assertThat(Objects.requireNonNull(statistics.intercept()).standardError())
        .isCloseTo(1 / Math.sqrt(8), within(1e-15));
  }

  private static void assertEstimates(OutputStatistics statistics, Expected expected) {
    int count = expected.all("params").length;
    for (int i = 0; i < count; i++) {
      Estimate estimate =
          i < 3 ? statistics.coefficients().get(i) : Objects.requireNonNull(statistics.intercept());
      assertThat(estimate.standardError()).isCloseTo(expected.all("bse")[i], RELATIVE);
      assertThat(estimate.statistic()).isCloseTo(expected.all("statistic")[i], RELATIVE);
      assertThat(estimate.pValue()).isCloseTo(expected.all("p")[i], RELATIVE);
      assertThat(estimate.low()).isCloseTo(expected.all("low")[i], RELATIVE);
      assertThat(estimate.high()).isCloseTo(expected.all("high")[i], RELATIVE);
    }
    if (count == 3) {
      assertThat(statistics.intercept()).isNull();
    }
  }

  /** What statsmodels finds for a model. */
  private record Expected(Map<String, double[]> values) {
    static Expected of(String name) throws IOException {
      try (InputStream in =
          FitStatisticsCalculatorTest.class.getResourceAsStream("statsmodels.txt")) {
        Map<String, double[]> values = new LinkedHashMap<>();
        boolean inside = false;
        String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        for (String line : text.lines().toList()) {
          if (!line.startsWith(" ")) {
            inside = line.equals(name);
          } else if (inside) {
            String[] words = line.strip().split(" ", -1);
            values.put(
                words[0],
                Arrays.stream(words, 1, words.length).mapToDouble(Double::parseDouble).toArray());
          }
        }
        return new Expected(values);
      }
    }

    boolean has(String key) {
      return values.containsKey(key);
    }

    double[] all(String key) {
      return Objects.requireNonNull(values.get(key));
    }

    double one(String key) {
      return all(key)[0];
    }

    /** Of what is missing in the file there is nothing. */
    void assertIs(String key, @Nullable Double actual) {
      if (has(key)) {
        assertThat(actual).isCloseTo(one(key), RELATIVE);
      } else {
        assertThat(actual).isNull();
      }
    }
  }

  /** The rows of a model, its coefficients on a scale, and the information there. */
  private static final class Fit {
    private final Family family;
    private final boolean intercept;
    private final double[][] inputs = new double[ROWS][3];
    private final double[] targets = new double[ROWS];
    private final double[] weights = new double[ROWS];
    private final double[] offsets = new double[ROWS];
    private final double[] scores = new double[ROWS];
    private final ScaledCoefficients coefficients;

    Fit(String name, double[] params, double[] shifts, double[] divisors) {
      String model = name.split(" ", -1)[0];
      family = family(model);
      intercept = !name.contains("no intercept");
      double[] values = new double[3];
      double constant = intercept ? params[3] : 0;
      for (int j = 0; j < 3; j++) {
        values[j] = params[j] * divisors[j];
        constant += params[j] * shifts[j];
      }
      coefficients =
          new ScaledCoefficients(List.of("a", "b", "c"), values, constant, shifts, divisors);
      for (int i = 0; i < ROWS; i++) {
        double[] x = {
          i * 37 % 101 / 16.0, i * 53 % 97 / 32.0 - 1 + i * 37 % 101 / 64.0, Math.sin(i) * 3 + 100
        };
        weights[i] = model.equals("WLS") || name.contains("weighted") ? (i * 7 % 5 + 1) / 4.0 : 1;
        offsets[i] = name.contains("offset") ? i * 11 % 7 / 8.0 : 0;
        targets[i] = target(model, i, x);
        scores[i] = constant + offsets[i];
        for (int j = 0; j < 3; j++) {
          inputs[i][j] = (x[j] - shifts[j]) / divisors[j];
          scores[i] += values[j] * inputs[i][j];
        }
      }
    }

    private static Family family(String model) {
      return switch (model) {
        case "OLS", "WLS" -> new Family.Gaussian();
        case "Poisson" -> new Family.Poisson();
        case "Gamma" -> new Family.GammaAmounts();
        case "Tweedie" -> new Family.Tweedie(1.5);
        case "Logit" -> new Family.Binomial(BinaryLink.LOGIT);
        case "Probit" -> new Family.Binomial(BinaryLink.PROBIT);
        case "Cloglog" -> new Family.Binomial(BinaryLink.CLOGLOG);
        default -> throw new AssertionError(model);
      };
    }

    private static double target(String model, int i, double[] x) {
      double eta = 0.4 * x[0] - 0.7 * x[1] + 0.05 * (x[2] - 100);
      double noise = Math.cos(i * i * 1.7);
      DoubleUnaryOperator amount = times -> times * Math.exp(eta / 2 + 0.5 * noise);
      return switch (model) {
        case "OLS", "WLS" -> 2 + eta + noise;
        case "Poisson" -> Math.rint(amount.applyAsDouble(3));
        case "Gamma" -> amount.applyAsDouble(1);
        case "Tweedie" -> noise < -0.5 ? 0 : amount.applyAsDouble(1);
        default -> eta + 2 * noise > 0.3 ? 1 : 0;
      };
    }

    OutputStatistics statistics() throws StatisticsException {
      return FitStatisticsCalculator.of(
          family,
          coefficients,
          information(),
          visitor -> {
            for (int i = 0; i < ROWS; i++) {
              visitor.visit(targets[i], scores[i], offsets[i], weights[i]);
            }
          });
    }

    /** In two passes over the rows. */
    private Information information() {
      double[] shares = new double[ROWS];
      double[] means = new double[3];
      double total = 0;
      for (int i = 0; i < ROWS; i++) {
        double slope = family.slope(scores[i]);
        shares[i] = weights[i] * slope * slope / family.variance(scores[i]);
        total += shares[i];
        for (int j = 0; j < 3; j++) {
          means[j] += intercept ? shares[i] * inputs[i][j] : 0;
        }
      }
      for (int j = 0; j < 3; j++) {
        means[j] /= total;
      }
      double[] scatter = new double[9];
      for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < 9; j++) {
          scatter[j] +=
              shares[i] * (inputs[i][j / 3] - means[j / 3]) * (inputs[i][j % 3] - means[j % 3]);
        }
      }
      return new Information(total, means, scatter, intercept);
    }
  }
}
