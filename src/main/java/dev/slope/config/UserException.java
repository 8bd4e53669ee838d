package dev.slope.config;

import java.io.Serial;

/**
 * A failure that the user can mend: its message says where, what and how. Anything else that is
 * thrown is a bug.
 */
public abstract class UserException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With a message for the user. */
  protected UserException(String message) {
    super(message);
  }

  /** With a message for the user and what led to it. */
  protected UserException(String message, Throwable cause) {
    super(message, cause);
  }
}
