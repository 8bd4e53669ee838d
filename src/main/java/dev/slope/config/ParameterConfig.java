package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search tries for one value of the config. A bare list is {@link Values}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ParameterConfig.Values.class, name = "values"),
  @JsonSubTypes.Type(value = ParameterConfig.Range.class, name = "range"),
  @JsonSubTypes.Type(value = ParameterConfig.PenaltyPath.class, name = "path")
})
@DefaultType("range")
@Shorthand(type = "values", key = "values", kind = Shorthand.JsonKind.LIST)
public sealed interface ParameterConfig {

  /**
   * These values.
   *
   * @param values as the config would have them
   */
  record Values(
      @NotEmpty
          @JsonPropertyDescription(
              "The values to try, each as it would stand in the config; a bare list is short for"
                  + " this.")
          List<JsonValue> values)
      implements ParameterConfig {
    public Values {
      Constraints.check(Values.class, values);
      values = List.copyOf(values);
    }
  }

  /**
   * Numbers between two.
   *
   * @param from the smallest
   * @param to the largest
   * @param count how many, evenly spaced on the scale; absent where a random search draws any
   * @param scale on which they are evenly spaced or drawn
   * @param integer whether they are rounded to whole numbers
   */
  record Range(
      @JsonPropertyDescription("The smallest number, included.") double from,
      @JsonPropertyDescription("The largest number, included.") double to,
      @Min(2)
          @JsonPropertyDescription(
              "How many numbers, evenly spaced on the scale; where it is left out a random search"
                  + " draws any number between the two.")
          @Nullable Integer count,
      @Default("\"linear\"")
          @JsonPropertyDescription("On which scale the numbers are evenly spaced, or drawn.")
          ValueScale scale,
      @Default("false") @JsonPropertyDescription("Whether numbers are rounded to whole ones.")
          boolean integer)
      implements ParameterConfig {
    public Range {
      Constraints.check(Range.class, from, to, count, scale, integer);
    }
  }

  /**
   * Penalties from the one that leaves nothing of the weights downwards, evenly spaced on a
   * logarithmic scale: glmnet's path.
   *
   * @param count how many
   * @param ratio of the last one to the first; absent where the default holds
   */
  record PenaltyPath(
      @Min(2)
          @Default("50")
          @JsonPropertyDescription(
              "How many penalties, for /model/l1 from the smallest that makes all weights 0, for"
                  + " /model/l2 from the smallest that leaves of no weight, taken alone, more than a"
                  + " hundredth.")
          int count,
      @Positive
          @DecimalMax(value = "1", inclusive = false)
          @JsonPropertyDescription(
              "The last penalty as a part of the first; 0.001 for l1 and 0.00001 for l2 where it is"
                  + " left out.")
          @Nullable Double ratio)
      implements ParameterConfig {
    /** The ratio of an l1 path where a config leaves it out: scikit-learn's. */
    static final double DEFAULT_RATIO_OF_L1 = 1e-3;

    /** The same of l2, which shrinks weights over more decades than l1 takes to remove them. */
    static final double DEFAULT_RATIO_OF_L2 = 1e-5;

    public PenaltyPath {
      Constraints.check(PenaltyPath.class, count, ratio);
    }

    /** The ratio of a path over one of the two penalties. */
    public double ratioOrDefault(String pointer) {
      if (ratio != null) {
        return ratio;
      }
      return pointer.equals(TuneConfig.L1) ? DEFAULT_RATIO_OF_L1 : DEFAULT_RATIO_OF_L2;
    }
  }
}
