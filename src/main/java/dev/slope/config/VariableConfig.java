package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/** The values of one variable of an equation. An object without a type is a {@link Range}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = VariableConfig.Range.class, name = "range"),
  @JsonSubTypes.Type(value = VariableConfig.Uniform.class, name = "uniform"),
  @JsonSubTypes.Type(value = VariableConfig.Normal.class, name = "normal")
})
@DefaultType("range")
public sealed interface VariableConfig {

  /**
   * {@code from, from + step, ...} up to and including {@code to}.
   *
   * @param from the first value
   * @param to the last value, reached to within a millionth of a step
   * @param step the distance between values
   */
  record Range(
      @JsonPropertyDescription("The first value.") double from,
      @JsonPropertyDescription("The last value, included.") double to,
      @Positive @JsonPropertyDescription("The distance between values.") double step)
      implements VariableConfig {
    public Range {
      Constraints.check(Range.class, from, to, step);
    }
  }

  /**
   * Drawn evenly from {@code [low, high)}.
   *
   * @param low the smallest value
   * @param high the bound above
   */
  record Uniform(
      @JsonPropertyDescription("The smallest value.") double low,
      @JsonPropertyDescription("The bound above.") double high)
      implements VariableConfig {
    public Uniform {
      Constraints.check(Uniform.class, low, high);
    }
  }

  /**
   * Drawn from a normal distribution.
   *
   * @param mean its mean
   * @param standardDeviation its standard deviation
   */
  record Normal(
      @Default("0") @JsonPropertyDescription("The mean.") double mean,
      @Default("1") @PositiveOrZero @JsonPropertyDescription("The standard deviation.")
          double standardDeviation)
      implements VariableConfig {
    public Normal {
      Constraints.check(Normal.class, mean, standardDeviation);
    }
  }
}
