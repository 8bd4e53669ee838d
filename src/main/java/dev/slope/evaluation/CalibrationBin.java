package dev.slope.evaluation;

/**
 * The rows whose predicted probability of the positive class is in a range, above {@code from} and
 * at most {@code to}: where {@code observed} is near {@code predicted}, probabilities mean what
 * they say.
 *
 * @param rows at least one
 * @param predicted the mean of their probabilities
 * @param observed the part of them that is of the positive class
 */
public record CalibrationBin(
    double from, double to, long rows, double predicted, double observed) {}
