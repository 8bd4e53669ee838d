package dev.slope.pipeline;

import dev.slope.config.Json;
import dev.slope.export.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The config that an exported model was trained with: {@code assets.extra/config.json}. */
final class ExportedConfig {
  private ExportedConfig() {}

  /**
   * The column that said how much each training row counts; null where there was none, or where the
   * export has no config.
   *
   * @param version the version's directory
   * @throws ModelException where the file can't be read
   */
  static @Nullable String weightColumn(Path version) {
    Path file = version.resolve("assets.extra").resolve("config.json");
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try {
      JsonNode column = Json.mapper().readTree(Files.readAllBytes(file)).path("weight_column");
      return column.isString() ? column.asString() : null;
    } catch (JacksonException e) {
      throw new ModelException(file + " is damaged; export the model again", e);
    } catch (IOException e) {
      throw new ModelException(file + " can't be read: " + e.getMessage(), e);
    }
  }
}
