package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a category that is not in the vocabulary. */
public enum UnknownLevel {
  /** A level of its own, together with all others; it counts nothing where training had none. */
  @JsonProperty("own_bucket")
  OWN_BUCKET,
  /** It counts nothing. */
  @JsonProperty("ignore")
  IGNORE,
  /** Training refuses the data and names the row; a row has no prediction. */
  @JsonProperty("error")
  ERROR
}
