package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What stands for a missing number. A bare number is a {@link Constant}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = MissingConfig.Mean.class, name = "mean"),
  @JsonSubTypes.Type(value = MissingConfig.Median.class, name = "median"),
  @JsonSubTypes.Type(value = MissingConfig.Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = MissingConfig.Drop.class, name = "drop"),
  @JsonSubTypes.Type(value = MissingConfig.Refuse.class, name = "error")
})
@Shorthand(type = "constant", key = "value", kind = Shorthand.JsonKind.NUMBER)
public sealed interface MissingConfig {

  /** The mean of the training rows that have one. */
  record Mean() implements MissingConfig {}

  /** The median of the training rows that have one. */
  record Median() implements MissingConfig {}

  /**
   * A number.
   *
   * @param value that stands in
   */
  record Constant(
      @JsonPropertyDescription("The number that stands for a missing one.") double value)
      implements MissingConfig {
    public Constant {
      Constraints.check(Constant.class, value);
    }
  }

  /** The row does not train, and has no prediction. */
  record Drop() implements MissingConfig {}

  /** Training refuses the data and names the row; a row has no prediction. */
  record Refuse() implements MissingConfig {}
}
