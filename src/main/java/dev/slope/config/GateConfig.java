package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a trained model must be to be exported.
 *
 * @param metrics bounds by the names of metrics
 * @param beatsBaseline whether it must be better than a model without features
 * @param beatsCurrent whether it must be better than the newest exported version, if there is one
 * @param metric by which the last two compare
 */
public record GateConfig(
    @Default("{}")
        @JsonPropertyDescription(
            "Bounds of metrics, as those of 'expect'; where one is missed nothing is exported.")
        Map<String, MetricBounds> metrics,
    @Default("false")
        @JsonPropertyDescription(
            "Whether the model must be better than the baseline, which answers every row the"
                + " same.")
        boolean beatsBaseline,
    @Default("false")
        @JsonPropertyDescription(
            "Whether the model must be better than the newest exported version on the same rows;"
                + " the first version passes.")
        boolean beatsCurrent,
    @JsonPropertyDescription(
            "The metric that 'better' is told by, of the validation rows where there are any; by"
                + " default mse, mae, the deviance, pinball, log_loss or accuracy, as the model"
                + " type has it.")
        @Nullable MetricName metric) {
  public GateConfig {
    Constraints.check(GateConfig.class, metrics, beatsBaseline, beatsCurrent, metric);
  }

  /** The metric that tells which of two models is better. */
  public MetricName metricOrDefault(ModelConfig model) {
    return metric == null ? MetricName.ofComparison(model.typeName()) : metric;
  }
}
