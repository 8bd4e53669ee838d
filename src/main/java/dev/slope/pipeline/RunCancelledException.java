package dev.slope.pipeline;

import dev.slope.config.UserException;
import java.io.Serial;

/** The run was asked to stop before it was done. */
public final class RunCancelledException extends UserException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * A run that ended early.
   *
   * @param epochs how many had run
   * @param prospect what {@code --resume} would do, as a clause
   */
  RunCancelledException(long epochs, String prospect) {
    super("interrupted after epoch " + epochs + "; nothing was exported; " + prospect);
  }
}
