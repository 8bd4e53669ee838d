package dev.slope.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a config for another folder: the paths in it are relative to the folder that it is in. */
final class ConfigRelocation {
  private final Path from;
  private final Path to;

  private ConfigRelocation(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  /**
   * The effective config as it would stand in another file.
   *
   * @throws ConfigException where that is in another folder and a query names files, whose paths
   *     nobody can tell from the rest of it
   */
  static String relocated(LoadedConfig config, Path target) {
    Path absolute = target.toAbsolutePath().normalize();
    Path from = real(config.directory());
    Path to = real(absolute.getParent() == null ? absolute : absolute.getParent());
    if (from.equals(to)) {
      return config.effectiveJson();
    }
    for (DataSourceConfig source : config.run().data().sources()) {
      if (source instanceof DataSourceConfig.Sql) {
        throw new ConfigException(
            "%s must be in the folder of %s, for paths in an SQL query are relative to the config and can't be rewritten"
                .formatted(target, config.file()));
      }
    }
    ConfigType.Structure type = ConfigType.run();
    ConfigNode tree = tree(config.effectiveJson());
    ConfigRelocation relocation = new ConfigRelocation(from, to);
    for (String part : List.of("train", "validation", "test")) {
      relocation.path(ConfigTree.members(tree, "data", part));
    }
    relocation.path(ConfigTree.members(tree, "model", "initializer"));
    relocation.schema(ConfigTree.members(tree));
    return ConfigWriter.write(tree, type);
  }

  private void path(Map<String, ConfigNode> members) {
    if (members.get("path") instanceof ConfigNode.Text text
        && !text.value().equals(DataSourceConfig.STANDARD_INPUT)) {
      members.put("path", new ConfigNode.Text(text.place(), relative(text.value())));
    }
  }

  /** A file beside the config that editors check it with; an address stays as it is. */
  private void schema(Map<String, ConfigNode> members) {
    if (members.get("$schema") instanceof ConfigNode.Text text
        && !text.value().contains(":")
        && Files.exists(from.resolve(text.value()))) {
      members.put("$schema", new ConfigNode.Text(text.place(), relative(text.value())));
    }
  }

  private String relative(String path) {
    return Path.of(path).isAbsolute()
        ? path
        : to.relativize(from.resolve(path).normalize()).toString().replace('\\', '/');
  }

  /** Without links, so that {@code ..} leads back along it; of what isn't there, as it is. */
  private static Path real(Path folder) {
    try {
      return Files.isDirectory(folder) ? folder.toRealPath() : folder;
    } catch (IOException e) {
      return folder;
    }
  }

  private static ConfigNode tree(String effectiveJson) {
    List<ConfigProblem> problems = new ArrayList<>();
    try {
      return ConfigTreeReader.read(effectiveJson, problems);
    } catch (ConfigTreeReader.SyntaxException e) {
      throw new AssertionError("the effective config is JSON", e);
    }
  }
}
