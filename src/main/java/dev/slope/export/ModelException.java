package dev.slope.export;

import dev.slope.config.UserException;
import java.io.Serial;

/** An exported model that can't be used: the message names the file and what to do. */
public final class ModelException extends UserException {
  @Serial private static final long serialVersionUID = 1L;

  /** With a message for the user. */
  public ModelException(String message) {
    super(message);
  }

  /** With a message for the user and what led to it. */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
