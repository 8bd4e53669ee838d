package dev.slope.cli;

import dev.slope.config.UserException;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A result that can't be written. */
final class OutputException extends UserException {
  @Serial private static final long serialVersionUID = 1L;

  OutputException(Path target, String reason) {
    super(target + " can't be written: " + reason);
  }

  OutputException(Path target, IOException cause) {
    super(target + " can't be written: " + reason(cause), cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "its folder does not exist";
    }
    return cause instanceof AccessDeniedException
        ? "permission denied"
        : String.valueOf(cause.getMessage());
  }
}
