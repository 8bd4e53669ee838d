package dev.slope.cli;

import dev.slope.pipeline.Preloading;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The program's entry. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Terminal.restoreStandardError();
    if (trains(args)) {
      Preloading.training();
    }
    System.exit(run(writer(System.out), writer(System.err), args));
  }

  /** Whether TensorFlow will be needed, guessed before the commands are built: that takes 0.1 s. */
  private static boolean trains(String[] args) {
    return args.length > 1
        && (args[0].equals("train") || args[0].equals("tune"))
        && Stream.of("--dry-run", "--help", "-h").noneMatch(Arrays.asList(args)::contains);
  }

  /**
   * Runs one command.
   *
   * @param out takes results
   * @param err takes progress and errors
   * @param args the command line
   * @return one of {@link ExitCode}
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    try (Interruption interruption = new Interruption()) {
      int exitCode =
          new CommandLine(new SlopeCommand(interruption))
              .setOut(out)
              .setErr(err)
              .setCaseInsensitiveEnumValuesAllowed(true)
              .setUsageHelpAutoWidth(true)
              .setExecutionExceptionHandler(new ErrorPrinter())
              .execute(args);
      // A print writer keeps its errors to itself: a full disk, or a pipe that nobody reads.
      if (out.checkError() && exitCode == ExitCode.DONE) {
        err.println("slope: standard output can't be written: it is full or closed");
        return ExitCode.FAILED;
      }
      return exitCode;
    } catch (OutOfMemoryError | LinkageError e) {
      return ErrorPrinter.print(e, err);
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
