package dev.slope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class GateConfigTest {
  /** Each model type has a metric that compares its models, and it is one of its own. */
  @Test
  void everyModelTypeCanBeCompared() {
    for (String type : ConfigNames.typeNames(ModelConfig.class)) {
      assertThat(Set.of(MetricName.ofComparison(type))).as(type).isSubsetOf(MetricName.of(type));
      assertThat(MetricName.ofComparison(type)).isNotEqualTo(MetricName.LOSS);
    }
  }

  /** Errors, losses and deviances fall; shares, areas and r2 grow: scikit-learn's scorers. */
  @Test
  void everyMetricKnowsItsDirection() {
    assertThat(MetricName.values())
        .filteredOn(MetricName::growsWithQuality)
        .containsExactly(
            MetricName.R2,
            MetricName.ADJUSTED_R2,
            MetricName.EXPLAINED_VARIANCE,
            MetricName.ACCURACY,
            MetricName.BALANCED_ACCURACY,
            MetricName.PRECISION,
            MetricName.RECALL,
            MetricName.F1,
            MetricName.AUC,
            MetricName.AVERAGE_PRECISION);
  }
}
