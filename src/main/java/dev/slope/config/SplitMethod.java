package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which rows of the training source train and which only measure. */
public enum SplitMethod {
  /** By the number of rows: none, a fifth, or 10,000 at random. */
  @JsonProperty("auto")
  AUTO,
  /** Drawn with the run's seed, every row as likely as any other. */
  @JsonProperty("random")
  RANDOM,
  /** By a hash of a column's value: equal values stay together, and where they are. */
  @JsonProperty("hash")
  HASH,
  /** In the order of the source: training first, then validation, then test. */
  @JsonProperty("sequential")
  SEQUENTIAL,
  /** A column says train, validation or test. */
  @JsonProperty("column")
  COLUMN,
  /** Every row trains. */
  @JsonProperty("none")
  NONE;

  /** The name as configs spell it. */
  public String key() {
    return ConfigNames.value(this);
  }

  /** Whether fractions say how many rows go where. */
  public boolean hasFractions() {
    return this == RANDOM || this == HASH || this == SEQUENTIAL;
  }

  /** Whether a column says which row goes where. */
  public boolean hasColumn() {
    return this == HASH || this == COLUMN;
  }

  /** Whether each class may be split on its own. */
  public boolean canStratify() {
    return this == AUTO || this == RANDOM;
  }
}
