package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * The distribution of what is added to a synthetic label; its mean is zero. A bare number is the
 * standard deviation of a {@link Normal}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = NoiseConfig.Normal.class, name = "normal"),
  @JsonSubTypes.Type(value = NoiseConfig.Uniform.class, name = "uniform")
})
@Shorthand(type = "normal", key = "standard_deviation", kind = Shorthand.JsonKind.NUMBER)
public sealed interface NoiseConfig {

  /**
   * Normal with mean zero.
   *
   * @param standardDeviation its standard deviation
   */
  record Normal(
      @PositiveOrZero @JsonPropertyDescription("The standard deviation.") double standardDeviation)
      implements NoiseConfig {
    public Normal {
      Constraints.check(Normal.class, standardDeviation);
    }
  }

  /**
   * Even between {@code -bound} and {@code bound}.
   *
   * @param bound the largest distance from zero
   */
  record Uniform(
      @PositiveOrZero @JsonPropertyDescription("The largest distance from zero.") double bound)
      implements NoiseConfig {
    public Uniform {
      Constraints.check(Uniform.class, bound);
    }
  }
}
