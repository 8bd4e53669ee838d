package dev.slope.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * How well one label is predicted; every mean is weighted by the rows' weights.
 *
 * @param label its column
 * @param mse the mean of the squared errors, in the square of the label's unit
 * @param rmse the square root of {@code mse}, in the label's unit
 * @param mae the mean of the absolute errors, in the label's unit
 * @param r2 1 - sum of squared errors / sum of squared deviations of the targets from their mean; 1
 *     is perfect, 0 no better than the mean; absent where all targets are equal, which divides by
 *     zero
 * @param deviance the mean of the model type's {@link Deviance}; absent where the type has none or
 *     a row has none
 */
public record LabelMetrics(
    String label,
    double mse,
    double rmse,
    double mae,
    @Nullable Double r2,
    @Nullable Double deviance) {}
