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
}
