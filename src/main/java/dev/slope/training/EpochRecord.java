package dev.slope.training;

/**
 * One epoch of a training.
 *
 * @param epoch its number; the first is 1
 * @param loss of the weights it started from
 * @param learningRate of its step
 * @param seconds since the first epoch began, until it ended; epochs of one call of the compiled
 *     loop share its time evenly
 */
public record EpochRecord(long epoch, float loss, double learningRate, double seconds) {}
