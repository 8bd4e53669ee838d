package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a numeric column is scaled, with statistics of the training rows. */
@Planned("log1p")
public enum Scaling {
  /** {@code (x - mean) / standard deviation}, population form. */
  @JsonProperty("standard")
  STANDARD,
  /** {@code (x - min) / (max - min)}. */
  @JsonProperty("min_max")
  MIN_MAX,
  /** As it is. */
  @JsonProperty("none")
  NONE
}
