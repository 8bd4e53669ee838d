package dev.slope.config;

import java.nio.file.Path;
import java.util.SortedMap;

/**
 * A config that was read, with where it came from.
 *
 * @param run what it says
 * @param file as the user named it
 * @param effectiveJson the run with every shorthand and default written out
 */
public record LoadedConfig(RunConfig run, Path file, String effectiveJson) {
  /** The folder that the config's data paths are relative to. */
  public Path directory() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  /** Every value of the effective config by its JSON pointer, numbers in one form. */
  public SortedMap<String, String> values() {
    return ConfigValues.of(effectiveJson);
  }

  /**
   * The effective config as it would stand in another file: paths are relative to the folder of
   * that.
   *
   * @throws ConfigException where paths in a query would have to be rewritten
   */
  public String jsonFor(Path target) {
    return ConfigRelocation.relocated(this, target);
  }
}
