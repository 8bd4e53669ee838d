package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.NotEmpty;
import java.util.Map;

/** How much the rows of each class count; a bare object gives weights by class. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ClassWeightConfig.None.class, name = "none"),
  @JsonSubTypes.Type(value = ClassWeightConfig.Balanced.class, name = "balanced"),
  @JsonSubTypes.Type(value = ClassWeightConfig.ByClass.class, name = "by_class")
})
@Shorthand(type = "by_class", key = "weights", kind = Shorthand.JsonKind.OBJECT)
public sealed interface ClassWeightConfig {

  /** Every row counts 1. */
  record None() implements ClassWeightConfig {}

  /**
   * A row counts {@code rows / (classes * rows of its class)}, as scikit-learn's {@code balanced}:
   * every class counts the same in sum.
   */
  record Balanced() implements ClassWeightConfig {}

  /**
   * A row counts the weight of its class.
   *
   * @param weights by class; a class that is left out counts 1
   */
  record ByClass(
      @NotEmpty @JsonPropertyDescription("Weights by class; a class that is left out counts 1.")
          Map<String, Double> weights)
      implements ClassWeightConfig {
    public ByClass {
      Constraints.check(ByClass.class, weights);
      weights.forEach(
          (name, weight) -> {
            if (!(weight > 0)) {
              throw new IllegalArgumentException(
                  "the weight of class '" + name + "' must be > 0, but was " + weight);
            }
          });
      weights = Map.copyOf(weights);
    }
  }
}
