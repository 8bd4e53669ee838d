package dev.slope.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the version that a path such as {@code models/line} or {@code models/line/3} means. */
public final class ModelDirectory {
  private static final String GRAPH = "saved_model.pb";

  /** What a version of Slope's has; a SavedModel without variables has but the graph. */
  private static final List<String> FILES =
      List.of(GRAPH, "variables/variables.index", "variables/variables.data-00000-of-00001");

  /** Any of these tells that Slope wrote a version. */
  private static final List<String> MARKS =
      List.of(ModelManifest.FILE_NAME, "config.json", "provenance.json");

  private ModelDirectory() {}

  /**
   * The directory of a version: the newest of a model, or the one given; of Slope's or any other
   * SavedModel.
   *
   * @throws ModelException when there is none, or a file of it is missing
   */
  public static Path resolve(Path model) {
    if (!Files.exists(model)) {
      throw new ModelException(model + " does not exist" + neighbours(model));
    }
    if (!Files.isDirectory(model)) {
      throw new ModelException(model + " must be the directory of a model, but is a file");
    }
    OptionalInt newest = ModelVersions.newest(model);
    if (newest.isEmpty() && !isVersion(model)) {
      throw new ModelException(
          model + " has no version: a directory with a number as its name" + inside(model));
    }
    Path version = newest.isPresent() ? model.resolve(Integer.toString(newest.getAsInt())) : model;
    for (String file : isOfSlope(version) ? FILES : List.of(GRAPH)) {
      if (!Files.isRegularFile(version.resolve(file))) {
        throw new ModelException(
            version.resolve(file) + " is missing; export the model again or use another version");
      }
    }
    return version;
  }

  /** Whether Slope exported a version; else all that is known of it are its signatures. */
  public static boolean isOfSlope(Path version) {
    Path extra = version.resolve(ModelExporter.EXTRA);
    return MARKS.stream().anyMatch(mark -> Files.exists(extra.resolve(mark)));
  }

  private static boolean isVersion(Path directory) {
    return Files.exists(directory.resolve("saved_model.pb"))
        || ModelVersions.isVersion(directory.toAbsolutePath().normalize());
  }

  private static String neighbours(Path model) {
    Path parent = model.toAbsolutePath().normalize().getParent();
    return parent == null ? "" : inside(parent);
  }

  private static String inside(Path directory) {
    if (!Files.isDirectory(directory)) {
      return "";
    }
    try (Stream<Path> children = Files.list(directory)) {
      String models =
          children
              .filter(Files::isDirectory)
              .filter(child -> ModelVersions.newest(child).isPresent())
              .map(child -> child.getFileName().toString())
              .sorted()
              .collect(Collectors.joining(", "));
      return models.isEmpty() ? "" : "; models there: " + models;
    } catch (IOException e) {
      return "";
    }
  }
}
