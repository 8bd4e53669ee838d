package dev.slope.training.checkpoint;

import dev.slope.config.CheckpointConfig;
import java.util.function.LongSupplier;

/**
 * When a checkpoint is due: after every so many epochs, counted from the first, and after so many
 * seconds. The clock is looked at between calls of the epoch loop and decides nothing but this.
 */
final class CheckpointPolicy {
  private final long everyEpochs;
  private final long everyNanoseconds;
  private final LongSupplier nanoTime;
  private long lastTime;

  /**
   * A policy whose first seconds begin now.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  CheckpointPolicy(CheckpointConfig config, LongSupplier nanoTime) {
    Integer epochs = config.everyEpochs();
    this.everyEpochs = epochs == null ? Long.MAX_VALUE : epochs;
    this.everyNanoseconds = (long) (config.everySeconds() * 1e9);
    this.nanoTime = nanoTime;
    this.lastTime = nanoTime.getAsLong();
  }

  /** Whether one is due. */
  boolean isDue(long epochsDone) {
    return (epochsDone > 0 && epochsDone % everyEpochs == 0)
        || nanoTime.getAsLong() - lastTime >= everyNanoseconds;
  }

  /** One was written, or couldn't be: the seconds begin anew. */
  void attempted() {
    lastTime = nanoTime.getAsLong();
  }

  /** How many epochs the next call may run so that it ends where one is due, at least 1. */
  long epochsUntilDue(long epochsDone) {
    return everyEpochs - epochsDone % everyEpochs;
  }
}
