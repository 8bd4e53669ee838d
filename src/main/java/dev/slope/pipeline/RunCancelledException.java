package dev.slope.pipeline;

import dev.slope.config.UserException;
import java.io.Serial;

/** The run was asked to stop before it was done. */
public final class RunCancelledException extends UserException {
  @Serial private static final long serialVersionUID = 1L;

  RunCancelledException(long epochs) {
    super("interrupted after epoch " + epochs + "; nothing was exported");
  }
}
