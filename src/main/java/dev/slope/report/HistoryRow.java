package dev.slope.report;

/**
 * One line of a run's history.
 *
 * @param epoch counted from 1
 * @param loss of the weights that the epoch starts from
 * @param learningRate the epoch's
 * @param seconds since training began
 */
public record HistoryRow(long epoch, double loss, double learningRate, double seconds) {}
