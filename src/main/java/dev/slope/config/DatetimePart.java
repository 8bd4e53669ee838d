package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a model sees of a date and time, in UTC. */
public enum DatetimePart {
  /** The year, a standardised number. */
  @JsonProperty("year")
  YEAR,
  /** The month, a level each: 1 to 12. */
  @JsonProperty("month")
  MONTH,
  /** The day of the month, a standardised number: 1 to 31. */
  @JsonProperty("day")
  DAY,
  /** The day of the week, a level each: 1, Monday, to 7, Sunday. */
  @JsonProperty("day_of_week")
  DAY_OF_WEEK,
  /** The hour, a level each: 0 to 23. */
  @JsonProperty("hour")
  HOUR,
  /** The days since 1970-01-01 with their fraction, a standardised number: a trend. */
  @JsonProperty("elapsed_days")
  ELAPSED_DAYS;

  /** The name as configs spell it. */
  public String key() {
    return ConfigNames.value(this);
  }
}
