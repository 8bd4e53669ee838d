package dev.slope.cli;

import dev.slope.pipeline.TrainResult;
import java.io.PrintWriter;

/** What a trained model misses of what its config asks for. */
final class Misses {
  private Misses() {}

  /** Says so, and returns the exit code that says so. */
  static int print(TrainResult result, PrintWriter err) {
    result.missed().forEach(miss -> err.println("slope: expected " + miss));
    result
        .gateMissed()
        .forEach(miss -> err.println("slope: the gate is closed, nothing was exported: " + miss));
    return result.missed().isEmpty() && result.gateMissed().isEmpty()
        ? ExitCode.DONE
        : ExitCode.MISSED;
  }
}
