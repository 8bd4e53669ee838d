package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.Positive;

/** Where the learning rate comes from. A bare number is a {@link Constant}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LearningRateConfig.Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = LearningRateConfig.Auto.class, name = "auto"),
  @JsonSubTypes.Type(value = LearningRateConfig.LineSearch.class, name = "line_search")
})
@Shorthand(type = "constant", key = "value", kind = Shorthand.JsonKind.NUMBER)
public sealed interface LearningRateConfig {

  /**
   * A number, which a schedule may scale from epoch to epoch.
   *
   * @param value the factor of the gradient
   */
  record Constant(@Positive @JsonPropertyDescription("The factor of the gradient.") double value)
      implements LearningRateConfig {
    public Constant {
      Constraints.check(Constant.class, value);
    }
  }

  /** Computed from the training rows before the first epoch; a schedule may scale it. */
  record Auto() implements LearningRateConfig {}

  /**
   * Chosen anew in every epoch: of 2, 1, 1/2 and 1/4 times the last one, that with the lowest loss.
   */
  record LineSearch() implements LearningRateConfig {}
}
