package dev.slope.report;

import java.io.Serial;

/**
 * Pictures that can't be drawn on this machine, such as one without fonts: no reason to lose a
 * training.
 */
public final class PlotException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With a message for the user and what led to it. */
  PlotException(String message, Throwable cause) {
    super(message, cause);
  }
}
