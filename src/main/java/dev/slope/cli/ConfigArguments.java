package dev.slope.cli;

import dev.slope.config.ConfigLoader;
import dev.slope.config.ConfigVariants;
import dev.slope.config.LoadedConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A config and changes to it. */
final class ConfigArguments {
  @Parameters(paramLabel = "CONFIG", description = "The run, a JSON file.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "POINTER=VALUE",
      description = "Change one value, such as /training/epochs=200; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  LoadedConfig load() {
    return ConfigLoader.load(config, overrides);
  }

  /** The same, from which others with other values can be made. */
  ConfigVariants variants() {
    return ConfigVariants.load(config, overrides);
  }
}
