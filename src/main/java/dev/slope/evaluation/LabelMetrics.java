package dev.slope.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * How well one label is predicted; every mean is weighted by the rows' weights.
 *
 * @param label its column
 * @param mse the mean of the squared errors, in the square of the label's unit
 * @param rmse the square root of {@code mse}, in the label's unit
 * @param mae the mean of the absolute errors, in the label's unit
 * @param medianAbsoluteError their median, which few large ones don't move
 * @param r2 1 - sum of squared errors / sum of squared deviations of the targets from their mean; 1
 *     is perfect, 0 no better than the mean; absent where all targets are equal, which divides by
 *     zero
 * @param adjustedR2 {@code 1 - (1 - r2) (n - 1) / (n - p)} of n rows and p parameters, which takes
 *     off what useless features explain by chance; absent where n is not above p, or r2 is absent
 * @param explainedVariance 1 - variance of the errors / variance of the targets: r2 but for a
 *     constant error; absent where r2 is
 * @param mape the mean of the absolute errors, each divided by its target's absolute value; absent
 *     where a target is 0
 * @param deviance the mean of the model type's {@link Deviance}; absent where the type has none or
 *     a row has none
 */
public record LabelMetrics(
    String label,
    double mse,
    double rmse,
    double mae,
    double medianAbsoluteError,
    @Nullable Double r2,
    @Nullable Double adjustedR2,
    @Nullable Double explainedVariance,
    @Nullable Double mape,
    @Nullable Double deviance) {}
