package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How one column enters the model. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes(@JsonSubTypes.Type(value = FeatureConfig.Numeric.class, name = "numeric"))
@Planned({"categorical", "hashed", "crossed", "boolean", "datetime", "text"})
public sealed interface FeatureConfig {

  /**
   * A number.
   *
   * @param scaling how it is scaled
   */
  @Planned({"missing", "missing_indicator", "boundaries", "quantiles", "degree", "clip"})
  record Numeric(
      @Default("\"standard\"") @JsonPropertyDescription("How the number is scaled.")
          Scaling scaling)
      implements FeatureConfig {
    public Numeric {
      Constraints.check(Numeric.class, scaling);
    }
  }
}
