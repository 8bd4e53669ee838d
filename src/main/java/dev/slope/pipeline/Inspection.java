package dev.slope.pipeline;

import dev.slope.config.Json;
import dev.slope.export.ModelDirectory;
import dev.slope.export.ModelException;
import dev.slope.export.ModelManifest;
import dev.slope.export.SavedModelDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * All that an export says of itself, read without native code.
 *
 * @param directory of the version
 * @param model its equation and columns
 * @param metrics what {@code metrics.json} says
 * @param provenance what {@code provenance.json} says
 * @param savedModel its signatures
 */
public record Inspection(
    String directory,
    ModelManifest model,
    RunMetrics metrics,
    JsonNode provenance,
    SavedModelDescription savedModel) {

  private static final String METRICS = "metrics.json";

  /**
   * Reads an export.
   *
   * @param model {@code models/line} or {@code models/line/3}
   * @throws ModelException where it is missing or damaged
   */
  public static Inspection of(Path model) {
    Path directory = ModelDirectory.resolve(model);
    return new Inspection(
        directory.toString(),
        ModelManifest.read(directory),
        read(directory, METRICS, RunMetrics.class),
        read(directory, "provenance.json", JsonNode.class),
        SavedModelDescription.read(directory));
  }

  /** What {@code metrics.json} of a version says; null where it has none. */
  static @Nullable RunMetrics metricsIfAny(Path directory) {
    return Files.isRegularFile(directory.resolve("assets.extra").resolve(METRICS))
        ? read(directory, METRICS, RunMetrics.class)
        : null;
  }

  private static <T> T read(Path directory, String name, Class<T> type) {
    Path file = directory.resolve("assets.extra").resolve(name);
    try {
      return Json.mapper().readValue(Files.readAllBytes(file), type);
    } catch (JacksonException e) {
      throw new ModelException(file + " is damaged; export the model again", e);
    } catch (IOException e) {
      throw new ModelException(file + " can't be read: " + e.getMessage(), e);
    }
  }
}
