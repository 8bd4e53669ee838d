package dev.slope.training;

import dev.slope.config.UserException;
import java.io.Serial;

/** A device was asked for that isn't there: the message says why, and what to do. */
public final class DeviceException extends UserException {
  @Serial private static final long serialVersionUID = 1L;

  DeviceException(String message) {
    super(message);
  }
}
