package dev.slope.pipeline;

import dev.slope.config.UserException;
import java.io.Serial;

/** The search was asked to stop before it was done. */
public final class TuningCancelledException extends UserException {
  @Serial private static final long serialVersionUID = 1L;

  TuningCancelledException(int done, int trainings) {
    super(
        "interrupted after %,d of %,d trainings; nothing was exported".formatted(done, trainings));
  }
}
