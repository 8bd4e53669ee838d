package dev.slope.evaluation;

/**
 * The decision threshold with the largest f1 of the positive class on the rows that were measured.
 *
 * @param threshold a probability, above 0 and below 1, halfway between those of the rows that it
 *     parts; of equal ones the highest
 * @param precision with that threshold
 * @param recall with that threshold
 * @param f1 with that threshold
 */
public record BestThreshold(double threshold, double precision, double recall, double f1) {}
