package dev.slope.training.checkpoint;

import dev.slope.config.UserException;
import java.io.Serial;

/** A run can't continue from the checkpoints it was pointed to: the message says why. */
public final class CheckpointException extends UserException {
  @Serial private static final long serialVersionUID = 1L;

  CheckpointException(String message) {
    super(message);
  }

  CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
