package dev.slope.training;

/** Why a training ended. */
public enum StopReason {
  /** All epochs that were asked for have run. */
  EPOCHS_DONE,
  /** The listener, or an interrupt of the thread, asked for it. */
  CANCELLED
}
