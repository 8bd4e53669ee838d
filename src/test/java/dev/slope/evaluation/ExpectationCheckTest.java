package dev.slope.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.MetricBounds;
import dev.slope.config.MetricName;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectationCheckTest {
  private static final MetricValues VALIDATION =
      new MetricValues(Map.of("rmse", 61.2), Map.of("r2", "one row has no variance to explain"));
  private static final MetricValues METRICS =
      VALIDATION.and(new MetricValues(Map.of("mae", 2e-7), Map.of()).withPrefix("train."));

  @Test
  void boundsThatAreMetAreSilentAndIncluded() {
    assertThat(
            ExpectationCheck.misses(
                METRICS,
                Map.of(
                    "rmse", new MetricBounds(61.2, 61.2),
                    "train.mae", new MetricBounds(null, 1e-6))))
        .isEmpty();
  }

  @Test
  void missesNameTheRuleAndTheValue() {
    Map<String, MetricBounds> expected = new LinkedHashMap<>();
    expected.put("rmse", new MetricBounds(null, 54.0));
    expected.put("train.mae", new MetricBounds(0.5, null));
    expected.put("r2", new MetricBounds(0.9, 1.0));

    assertThat(ExpectationCheck.misses(METRICS, expected))
        .containsExactly(
            "rmse must be <= 54, but was 61.2",
            "train.mae must be >= 0.5, but was 2.0E-7",
            "r2 must be >= 0.9 and <= 1, but is undefined: one row has no variance to explain");
  }

  @Test
  void onlyABetterModelIsBetter() {
    MetricValues good = new MetricValues(Map.of("rmse", 1.5, "auc", 0.9), Map.of());
    MetricValues bad = new MetricValues(Map.of("rmse", 2.0, "auc", 0.8), Map.of());
    MetricValues none = new MetricValues(Map.of(), Map.of("auc", "there is one class"));

    assertThat(ExpectationCheck.notBetter(MetricName.RMSE, good, "that", bad)).isEmpty();
    assertThat(ExpectationCheck.notBetter(MetricName.AUC, good, "that", bad)).isEmpty();
    assertThat(ExpectationCheck.notBetter(MetricName.RMSE, bad, "that", good))
        .containsExactly("rmse must be below that of that, 1.5, but was 2");
    assertThat(ExpectationCheck.notBetter(MetricName.AUC, bad, "that", bad))
        .containsExactly("auc must be above that of that, 0.8, but was 0.8");
    assertThat(ExpectationCheck.notBetter(MetricName.AUC, none, "that", bad))
        .containsExactly(
            "auc must be above that of that, 0.8, but is undefined: there is one class");
    assertThat(ExpectationCheck.notBetter(MetricName.AUC, bad, "that", none))
        .containsExactly("auc must be above that of that, which has none: there is one class");
  }

  @Test
  void aNameThatWasNotMeasuredIsAMiss() {
    assertThat(
            ExpectationCheck.misses(
                new MetricValues(Map.of("mse", 1.0), Map.of()),
                Map.of("msse", new MetricBounds(null, 1.0))))
        .containsExactly("a metric must be one of [mse], but was 'msse'");
  }

  @Test
  void aNaNMissesEveryBound() {
    assertThat(
            ExpectationCheck.misses(
                new MetricValues(Map.of("loss", Double.NaN), Map.of()),
                Map.of("loss", new MetricBounds(0.0, null))))
        .containsExactly("loss must be >= 0, but was NaN");
  }

  @Test
  void laterMetricsReplaceEarlierOnesValueOrReason() {
    MetricValues both = VALIDATION.and(new MetricValues(Map.of("r2", 0.5), Map.of("rmse", "why")));

    assertThat(both.byName()).isEqualTo(Map.of("r2", 0.5));
    assertThat(both.undefined()).isEqualTo(Map.of("rmse", "why"));
  }
}
