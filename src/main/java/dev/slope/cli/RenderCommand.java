package dev.slope.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code slope render CONFIG}. */
@Command(
    name = "render",
    description = "Prints a config with every shorthand and default written out.")
final class RenderCommand implements Callable<Integer> {
  @Mixin private ConfigArguments config;

  @SuppressWarnings("UnusedVariable") // for --help and --verbose
  @Mixin
  private OutputOptions output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(config.load().effectiveJson());
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }
}
