package dev.slope.report;

import org.jspecify.annotations.Nullable;

/**
 * One line of a run's history.
 *
 * @param epoch counted from 1
 * @param loss of the weights that the epoch starts from
 * @param validationLoss of the validation rows and the same weights; null where there are none
 * @param learningRate the epoch's
 * @param seconds since training began
 */
public record HistoryRow(
    long epoch,
    double loss,
    @Nullable Double validationLoss,
    double learningRate,
    double seconds) {}
