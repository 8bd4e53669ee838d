package dev.slope.tuning;

import dev.slope.config.JsonValue;

/** A value that a candidate gives a parameter. */
public sealed interface CandidateValue {

  /**
   * One that is known before any row is read.
   *
   * @param value as the config would have it
   */
  record Known(JsonValue value) implements CandidateValue {}

  /**
   * A penalty that depends on the rows.
   *
   * @param part of the largest penalty of its path, the first of which is 1
   */
  record OfPath(double part) implements CandidateValue {}
}
