package dev.slope.training;

import org.jspecify.annotations.Nullable;

/**
 * One epoch of a training.
 *
 * @param epoch its number; the first is 1
 * @param loss of the weights it started from
 * @param validationLoss of the validation rows and the same weights; null where there are none
 * @param learningRate of its step
 * @param seconds since the first epoch began, until it ended; epochs of one call of the compiled
 *     loop share its time evenly, and the time that an interrupted run lay still isn't counted
 */
public record EpochRecord(
    long epoch,
    double loss,
    @Nullable Double validationLoss,
    double learningRate,
    double seconds) {}
