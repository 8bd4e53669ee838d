package dev.slope.export;

import dev.slope.config.UserException;
import java.io.Serial;

/** A model that can't be exported: the message names the path and what to do. */
public final class ExportException extends UserException {
  @Serial private static final long serialVersionUID = 1L;

  /** With a message for the user. */
  public ExportException(String message) {
    super(message);
  }

  /** With a message for the user and what led to it. */
  public ExportException(String message, Throwable cause) {
    super(message, cause);
  }
}
