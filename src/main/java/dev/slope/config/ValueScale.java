package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How numbers lie between two others. */
public enum ValueScale {
  /** Neighbours have the same difference. */
  @JsonProperty("linear")
  LINEAR,
  /** Neighbours have the same ratio. */
  @JsonProperty("log")
  LOG
}
