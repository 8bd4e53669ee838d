package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code slope tune} searches for; nothing else looks at it.
 *
 * @param parameters what is tried, by JSON pointers into the config, applied in their order
 * @param search which combinations
 * @param folds how many parts of the training rows are held out in turn; absent where the
 *     validation rows measure
 * @param stratified whether each class is spread over the folds on its own; absent where the
 *     default holds
 * @param metric that tells which setting is best; absent where the default holds
 */
public record TuneConfig(
    @NotEmpty
        @JsonPropertyDescription(
            "What is tried, by JSON pointers into this config, such as /model/l2; each becomes the"
                + " value there as --set would make it, in the order written.")
        Map<String, ParameterConfig> parameters,
    @Default("\"grid\"")
        @JsonPropertyDescription(
            "Which settings are tried: every combination of the values, or some that are drawn.")
        SearchConfig search,
    @Min(2)
        @JsonPropertyDescription(
            "Into how many parts the training rows are cut, each of which is held out once; where it"
                + " is left out every setting is measured on the validation rows.")
        @Nullable Integer folds,
    @JsonPropertyDescription(
            "Whether every fold has the same shares of the classes; true for classifiers where it is"
                + " left out.")
        @Nullable Boolean stratified,
    @JsonPropertyDescription(
            "The metric of the held-out rows that tells which setting is best; by default mse, mae,"
                + " the deviance, pinball, log_loss or accuracy, as the model type has it.")
        @Nullable MetricName metric) {
  /** The pointer of the one penalty. */
  public static final String L1 = "/model/l1";

  /** The pointer of the other. */
  public static final String L2 = "/model/l2";

  public TuneConfig {
    Constraints.check(TuneConfig.class, parameters, search, folds, stratified, metric);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Whether the rows of each class are spread over the folds on their own. */
  public boolean isStratified(ModelConfig model) {
    return folds != null && model.isClassifier() && (stratified == null || stratified);
  }

  /** The metric that tells which of two settings is better. */
  public MetricName metricOrDefault(ModelConfig model) {
    return metric == null ? MetricName.ofComparison(model.typeName()) : metric;
  }
}
