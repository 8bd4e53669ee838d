package dev.slope.cli;

import dev.slope.config.ConfigSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code slope schema}. */
@Command(name = "schema", description = "Prints the JSON Schema of a config, for editors.")
final class SchemaCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // for --help and --verbose
  @Mixin
  private OutputOptions output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(ConfigSchema.json());
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }
}
