package dev.slope.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * How sure the value of a coefficient is.
 *
 * @param standardError of the value, on the same scale
 * @param statistic the value divided by it
 * @param pValue how probable a statistic at least as far from 0 is where the true value is 0
 * @param low end of the 95 % confidence interval
 * @param high end of the same
 * @param inflation by how much the other features multiply the variance of the value (VIF); absent
 *     for the intercept
 */
public record Estimate(
    double standardError,
    double statistic,
    double pValue,
    double low,
    double high,
    @Nullable Double inflation) {}
