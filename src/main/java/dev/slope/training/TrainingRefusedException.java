package dev.slope.training;

import dev.slope.config.UserException;
import java.io.Serial;

/** The training isn't begun because it is sure to diverge: the message says why, and what to do. */
public final class TrainingRefusedException extends UserException {
  @Serial private static final long serialVersionUID = 1L;

  TrainingRefusedException(String message) {
    super(message);
  }
}
