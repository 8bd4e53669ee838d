package dev.slope.pipeline;

import dev.slope.config.Json;
import dev.slope.export.ModelDirectory;
import dev.slope.export.ModelException;
import dev.slope.export.ModelManifest;
import dev.slope.export.SavedModelDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * All that a SavedModel says of itself, read without native code.
 *
 * @param directory of the version
 * @param model its equation and columns; absent where Slope didn't export it
 * @param metrics what {@code metrics.json} says; absent likewise
 * @param provenance what {@code provenance.json} says; absent likewise
 * @param savedModel its signatures
 * @param otherGraphs of a SavedModel that has several, which are chosen by other tags
 */
public record Inspection(
    String directory,
    @Nullable ModelManifest model,
    @Nullable RunMetrics metrics,
    @Nullable JsonNode provenance,
    SavedModelDescription savedModel,
    List<SavedModelDescription> otherGraphs) {

  private static final String METRICS = "metrics.json";

  /**
   * Reads a SavedModel.
   *
   * @param model {@code models/line} or {@code models/line/3}, or any other
   * @throws ModelException where it is missing or damaged
   */
  public static Inspection of(Path model) {
    Path directory = ModelDirectory.resolve(model);
    boolean own = ModelDirectory.isOfSlope(directory);
    ModelManifest manifest = own ? ModelManifest.read(directory) : null;
    List<SavedModelDescription> graphs = SavedModelDescription.readAll(directory);
    return new Inspection(
        directory.toString(),
        manifest,
        own ? read(directory, METRICS, RunMetrics.class) : null,
        own ? read(directory, "provenance.json", JsonNode.class) : null,
        graphs.get(0),
        graphs.subList(1, graphs.size()));
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
