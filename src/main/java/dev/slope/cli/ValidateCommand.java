package dev.slope.cli;

import dev.slope.config.LoadedConfig;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code slope validate CONFIG}. */
@Command(
    name = "validate",
    description = "Checks a config and names everything that is wrong with it.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ConfigArguments config;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    LoadedConfig loaded = config.load();
    if (output.json()) {
      output.print(spec, Map.of("config", loaded.file().toString(), "valid", true));
    } else {
      spec.commandLine().getOut().println(loaded.file() + " is valid");
    }
    return ExitCode.DONE;
  }
}
