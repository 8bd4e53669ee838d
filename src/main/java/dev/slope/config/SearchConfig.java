package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.Min;

/** Which settings a search tries, of all that its parameters make. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SearchConfig.Grid.class, name = "grid"),
  @JsonSubTypes.Type(value = SearchConfig.RandomDraws.class, name = "random")
})
public sealed interface SearchConfig {

  /** Every combination of the parameters' values. */
  record Grid() implements SearchConfig {}

  /**
   * Some of them, drawn with the run's seed, none twice.
   *
   * @param trials how many
   */
  record RandomDraws(
      @Min(1)
          @Default("60")
          @JsonPropertyDescription(
              "How many settings are drawn, with the run's seed: of 60 one is among the best"
                  + " twentieth in 19 of 20 searches.")
          int trials)
      implements SearchConfig {
    public RandomDraws {
      Constraints.check(RandomDraws.class, trials);
    }
  }
}
