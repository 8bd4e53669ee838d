package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.Min;

/** How many rows a step looks at. A bare number is {@link Rows}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BatchSizeConfig.Full.class, name = "full"),
  @JsonSubTypes.Type(value = BatchSizeConfig.Rows.class, name = "rows")
})
@Shorthand(type = "rows", key = "rows", kind = Shorthand.JsonKind.NUMBER)
public sealed interface BatchSizeConfig {

  /** All rows: one step an epoch. */
  record Full() implements BatchSizeConfig {}

  /**
   * So many rows.
   *
   * @param rows of a step
   */
  record Rows(@Min(1) @JsonPropertyDescription("How many rows a step looks at.") int rows)
      implements BatchSizeConfig {
    public Rows {
      Constraints.check(Rows.class, rows);
    }
  }
}
