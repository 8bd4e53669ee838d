package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Map;

/** The parameters' values before the first epoch. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = InitializerConfig.Zeros.class, name = "zeros"),
  @JsonSubTypes.Type(value = InitializerConfig.Uniform.class, name = "uniform"),
  @JsonSubTypes.Type(value = InitializerConfig.Values.class, name = "values"),
  @JsonSubTypes.Type(value = InitializerConfig.Model.class, name = "model")
})
public sealed interface InitializerConfig {

  /** Every weight and intercept is 0. */
  record Zeros() implements InitializerConfig {}

  /**
   * Every weight and intercept is drawn from {@code [-1/sqrt(inputs), 1/sqrt(inputs))} with the
   * run's seed.
   */
  record Uniform() implements InitializerConfig {}

  /**
   * Given values, on the scale the model trains on.
   *
   * @param weights by feature, one an output; a feature that is left out starts at 0
   * @param intercepts one an output, or none: all start at 0
   */
  record Values(
      @Default("{}")
          @JsonPropertyDescription(
              "Weights by feature, one an output, on the scale the model trains on; a feature that"
                  + " is left out starts at 0.")
          Map<String, List<Double>> weights,
      @Default("[]")
          @JsonPropertyDescription("Intercepts, one an output; left out, they start at 0.")
          List<Double> intercepts)
      implements InitializerConfig {
    public Values {
      Constraints.check(Values.class, weights, intercepts);
      weights = Map.copyOf(weights);
      intercepts = List.copyOf(intercepts);
    }
  }

  /**
   * The parameters of an exported model of the same type and outputs, brought to the scale of this
   * run; a feature that it doesn't have starts at 0.
   *
   * @param path {@code models/line} for the newest version or {@code models/line/3}, relative to
   *     the config's folder
   */
  record Model(
      @NotBlank
          @JsonPropertyDescription(
              "An exported model of the same type and outputs, relative to the config's folder:"
                  + " models/line for the newest version or models/line/3. A feature that it"
                  + " doesn't have starts at 0.")
          String path)
      implements InitializerConfig {
    public Model {
      Constraints.check(Model.class, path);
    }
  }
}
