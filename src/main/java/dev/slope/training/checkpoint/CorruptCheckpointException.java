package dev.slope.training.checkpoint;

import java.io.IOException;
import java.io.Serial;

/** A file that isn't what was written; the message says why, to follow the file's name. */
final class CorruptCheckpointException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  CorruptCheckpointException(String reason) {
    super(reason);
  }
}
