package dev.slope.report.tensorboard;

import java.io.Serial;

/** Events that can't be written on this machine: no reason to lose a training. */
public final class EventFileException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With a message for the user and what led to it. */
  EventFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
