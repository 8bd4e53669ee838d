package dev.slope.pipeline;

import dev.slope.config.UserException;
import java.io.Serial;
import java.util.List;

/** Ends an export whose model is not what the gate demands; the run catches it and tells. */
final class GateMissedException extends UserException {
  @Serial private static final long serialVersionUID = 1L;

  private final List<String> misses;

  /** With a message for each demand that is missed. */
  GateMissedException(List<String> misses) {
    super(String.join("; ", misses));
    this.misses = List.copyOf(misses);
  }

  /** The messages. */
  List<String> misses() {
    return misses;
  }
}
