package dev.slope.pipeline;

import dev.slope.config.UserException;
import java.io.Serial;

/** No setting can be chosen: the message says why not the first. */
public final class TuningFailedException extends UserException {
  @Serial private static final long serialVersionUID = 1L;

  TuningFailedException(int settings, String metric, String setting, String failure) {
    super(
        "none of the %,d settings has a %s, so none is best; setting %s: %s"
            .formatted(settings, metric, setting, failure));
  }
}
