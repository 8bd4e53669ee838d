package dev.slope.evaluation;

import dev.slope.features.FittedLabels;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a model to measure it.
 *
 * @param labels what the labels are
 * @param deviance what the model type measures besides; null where nothing
 * @param parameters how many each of its scores has, the intercept included where it is fitted;
 *     null where nobody knows, and then there is no adjusted r2
 * @param baseline to measure beside; null where there is none
 */
public record MeasuredModel(
    FittedLabels labels,
    @Nullable Deviance deviance,
    @Nullable Integer parameters,
    @Nullable Baseline baseline) {}
