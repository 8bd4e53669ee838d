package dev.slope.cli;

import dev.slope.config.ConfigException;
import dev.slope.config.UserException;
import dev.slope.pipeline.TuningFailedException;
import dev.slope.training.TrainingDivergedException;
import dev.slope.training.TrainingRefusedException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** A user's error is a message; anything else says that it is a bug and shows where. */
final class ErrorPrinter implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    if (!(e instanceof UserException)) {
      err.println("This is a bug in Slope. Please report it with the lines below.");
      e.printStackTrace(err);
      return ExitCode.FAILED;
    }
    err.println("slope: " + e.getMessage());
    if (isVerbose(parsed)) {
      e.printStackTrace(err);
    }
    if (e instanceof ConfigException) {
      return ExitCode.USAGE;
    }
    return e instanceof TrainingDivergedException
            || e instanceof TrainingRefusedException
            || e instanceof TuningFailedException
        ? ExitCode.MISSED
        : ExitCode.FAILED;
  }

  /** What the machine can't do for lack of memory, or of natives that it can load. */
  static int print(Error e, PrintWriter err) {
    if (e instanceof OutOfMemoryError) {
      err.println(
          "slope: out of memory (" + e.getMessage() + "); give more, as SLOPE_JAVA_OPTS=-Xmx8g");
      return ExitCode.FAILED;
    }
    err.println("slope: a library can't be loaded on this machine; the lines below say which");
    e.printStackTrace(err);
    return ExitCode.FAILED;
  }

  private static boolean isVerbose(ParseResult parsed) {
    ParseResult at = parsed;
    while (at.subcommand() != null) {
      at = at.subcommand();
    }
    return at.hasMatchedOption("--verbose");
  }
}
