package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the training visits the rows. */
@Planned("streaming")
public enum PlanName {
  /** Whatever fits the model, the optimizer and the size of the data. */
  @JsonProperty("auto")
  AUTO,
  /** One pass for the sums of squares and products, then epochs that don't depend on the rows. */
  @JsonProperty("gram")
  GRAM,
  /** Every epoch is one step over all rows. */
  @JsonProperty("full_batch")
  FULL_BATCH,
  /** Every epoch is many steps, each over a batch of rows. */
  @JsonProperty("mini_batch")
  MINI_BATCH;

  /** The name as configs spell it. */
  public String key() {
    return ConfigNames.value(this);
  }
}
