package dev.slope.cli;

import dev.slope.config.Json;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What every command takes. */
@SuppressWarnings("UnusedVariable") // picocli itself reads help, and errors are printed by verbose
final class OutputOptions {
  @Option(names = "--json", description = "Print the result as one JSON document.")
  private boolean json;

  @Option(
      names = "--verbose",
      description = "Show stack traces of errors, and TensorFlow's own log.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  boolean json() {
    return json;
  }

  /** Prints a record or map as JSON to the command's standard output. */
  void print(CommandSpec spec, Object result) {
    spec.commandLine().getOut().print(Json.write(result));
    spec.commandLine().getOut().flush();
  }
}
