package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the training visits the rows. */
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
  MINI_BATCH,
  /** Rows come from a file, read ahead of the steps. */
  @JsonProperty("streaming")
  STREAMING,
  /** Weights of categories are gathered and their gradients scattered; no one-hot matrix. */
  @JsonProperty("sparse")
  SPARSE;

  /** The name as configs spell it. */
  public String key() {
    return ConfigNames.value(this);
  }
}
