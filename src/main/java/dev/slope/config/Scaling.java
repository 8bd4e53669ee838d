package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a numeric column is scaled, with statistics of the training rows. */
public enum Scaling {
  /** {@code (x - mean) / standard deviation}, population form. */
  @JsonProperty("standard")
  STANDARD,
  /** {@code (x - min) / (max - min)}. */
  @JsonProperty("min_max")
  MIN_MAX,
  /** {@code log(1 + x)}, of numbers above -1, and then as {@link #STANDARD}. */
  @JsonProperty("log1p")
  LOG1P,
  /** As it is. */
  @JsonProperty("none")
  NONE
}
