package dev.slope.data;

import dev.slope.config.UserException;
import java.io.Serial;

/**
 * Data that can't be used: the message names the source, the row and the column, and what to do.
 */
public final class DataException extends UserException {
  @Serial private static final long serialVersionUID = 1L;

  /** With a message for the user. */
  public DataException(String message) {
    super(message);
  }

  /** With a message for the user and what led to it. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
