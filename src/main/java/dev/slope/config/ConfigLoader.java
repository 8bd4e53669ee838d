package dev.slope.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads a config: tokens to a tree with places, shorthands and overrides written into it, the whole
 * tree checked, defaults written out, and only then bound.
 */
public final class ConfigLoader {
  /** Some editors on Windows write it in front of UTF-8. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private ConfigLoader() {}

  /**
   * Reads and checks a config.
   *
   * @param file the JSON file
   * @param overrides {@code /pointer=value} each, applied in order
   * @throws ConfigException with everything that is wrong
   */
  public static LoadedConfig load(Path file, List<String> overrides) {
    return load(file, text(file), overrides);
  }

  /**
   * Checks a config before it is in its file.
   *
   * @param file that it is for
   * @param json what will be in it
   * @throws ConfigException with everything that is wrong
   */
  public static LoadedConfig check(Path file, String json) {
    return load(file, json, List.of());
  }

  /** A config whose text was read before. */
  static LoadedConfig load(Path file, String json, List<String> overrides) {
    ConfigType.Structure type = ConfigType.run();
    List<ConfigProblem> problems = new ArrayList<>();
    return finish(file, tree(file, json, overrides, type, problems), type, problems);
  }

  /** The tree of a config with its shorthands written out, and what was changed in it. */
  static ConfigNode tree(
      Path file,
      String json,
      List<String> overrides,
      ConfigType.Structure type,
      List<ConfigProblem> problems) {
    List<ConfigOverride> parsed = overrides.stream().map(ConfigOverride::parse).toList();
    ConfigNode tree = parse(file, json, problems);
    ConfigShorthands.writeOut(tree, type);
    apply(parsed, tree, type, problems);
    return tree;
  }

  /** Changes a written-out tree; what one change writes the next may point into. */
  static void apply(
      List<ConfigOverride> overrides,
      ConfigNode tree,
      ConfigType.Structure type,
      List<ConfigProblem> problems) {
    for (ConfigOverride override : overrides) {
      override.applyTo(tree, problems);
      ConfigShorthands.writeOut(tree, type);
    }
  }

  /**
   * Checks a tree, completes it and makes records of it.
   *
   * @param problems those that were found before
   * @throws ConfigException where there are any
   */
  static LoadedConfig finish(
      Path file, ConfigNode tree, ConfigType.Structure type, List<ConfigProblem> problems) {
    if (tree instanceof ConfigNode.Structure object) {
      object
          .members()
          .putIfAbsent("name", new ConfigNode.Text(Place.line(1), nameWithoutExtension(file)));
    }
    new ConfigChecker(problems).check(tree, type, "");
    RunRules.check(tree, problems);
    if (!problems.isEmpty()) {
      throw new ConfigException(file.toString(), inReadingOrder(problems));
    }
    UnlimitedTraining.writeOut(tree);
    ConfigDefaults.writeOut(tree, type);
    return new LoadedConfig(ConfigBinder.bind(tree, type), file, ConfigWriter.write(tree, type));
  }

  private static ConfigNode parse(Path file, String text, List<ConfigProblem> problems) {
    try {
      return ConfigTreeReader.read(text, problems);
    } catch (ConfigTreeReader.SyntaxException e) {
      problems.add(new ConfigProblem(e.place(), "", String.valueOf(e.getMessage())));
      throw new ConfigException(file.toString(), problems);
    }
  }

  static String text(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw new ConfigException("config " + file + " does not exist");
    } catch (CharacterCodingException e) {
      throw new ConfigException("config " + file + " must be UTF-8 text");
    } catch (IOException e) {
      throw new ConfigException(
          "config "
              + file
              + (Files.isDirectory(file)
                  ? " is a folder; name a JSON file in it"
                  : " can't be read: " + e.getMessage()));
    }
  }

  private static String nameWithoutExtension(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
  }

  /** By line; what was written on the command line comes last. */
  private static List<ConfigProblem> inReadingOrder(List<ConfigProblem> problems) {
    return problems.stream()
        .distinct()
        .sorted(Comparator.comparingInt(problem -> problem.place().line()))
        .toList();
  }
}
