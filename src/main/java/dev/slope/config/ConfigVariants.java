package dev.slope.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A config, and the same config with other values: each is read, checked and completed as a file of
 * its own would be.
 */
public final class ConfigVariants {
  private final Path file;
  private final String json;
  private final List<String> overrides;
  private final LoadedConfig base;

  private ConfigVariants(Path file, String json, List<String> overrides) {
    this.file = file;
    this.json = json;
    this.overrides = List.copyOf(overrides);
    this.base = ConfigLoader.load(file, json, overrides);
  }

  /**
   * Reads and checks a config.
   *
   * @param file the JSON file
   * @param overrides {@code /pointer=value} each, applied in order
   * @throws ConfigException with everything that is wrong
   */
  public static ConfigVariants load(Path file, List<String> overrides) {
    return new ConfigVariants(file, ConfigLoader.text(file), overrides);
  }

  /** The config as it stands. */
  public LoadedConfig base() {
    return base;
  }

  /**
   * The config with other values and without its section {@code tune}.
   *
   * @param variants values by JSON pointers, applied in their order
   * @return one a variant
   * @throws ConfigException with what is wrong with any of them: each problem once, with the first
   *     variant that has it
   */
  public List<LoadedConfig> with(List<Map<String, JsonValue>> variants) {
    List<LoadedConfig> loaded = new ArrayList<>();
    List<ConfigProblem> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    ConfigType.Structure type = ConfigType.run();
    for (Map<String, JsonValue> values : variants) {
      try {
        loaded.add(variant(values, type));
      } catch (ConfigException e) {
        Place place = Place.setting(shown(values));
        for (ConfigProblem problem : e.problems()) {
          if (seen.add(problem.pointer() + " " + problem.message())) {
            problems.add(new ConfigProblem(place, problem.pointer(), problem.message()));
          }
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(file.toString(), problems);
    }
    return loaded;
  }

  /** One variant, as {@link #with(List)}. */
  public LoadedConfig with(Map<String, JsonValue> values) {
    return with(List.of(values)).get(0);
  }

  /** How messages show the values of a variant: {@code /model/l2=0.1 /seed=1}. */
  public static String shown(Map<String, JsonValue> values) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue().json())
        .collect(Collectors.joining(" "));
  }

  private LoadedConfig variant(Map<String, JsonValue> values, ConfigType.Structure type) {
    List<ConfigProblem> problems = new ArrayList<>();
    ConfigNode tree = ConfigLoader.tree(file, json, overrides, type, problems);
    Place place = Place.setting(shown(values));
    List<ConfigOverride> changes = new ArrayList<>();
    values.forEach(
        (pointer, value) -> changes.add(new ConfigOverride(pointer, value.json(), place)));
    ConfigLoader.apply(changes, tree, type, problems);
    if (tree instanceof ConfigNode.Structure object) {
      object.members().remove("tune");
    }
    return ConfigLoader.finish(file, tree, type, problems);
  }
}
