package dev.slope.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How well one class is told from the others; each ratio of weights of rows, and 0 where it would
 * divide by zero, as scikit-learn's {@code zero_division=0}.
 *
 * @param name of the class
 * @param rows that are of it
 * @param precision of the rows predicted to be of it, how many are
 * @param recall of the rows that are of it, how many are predicted to be
 * @param f1 the harmonic mean of both
 */
public record ClassMetrics(
    @JsonProperty("class") String name, long rows, double precision, double recall, double f1) {}
