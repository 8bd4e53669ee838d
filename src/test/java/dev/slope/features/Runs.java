package dev.slope.features;

import dev.slope.config.ConfigLoader;
import dev.slope.config.RunConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Configs as tests need them: read as a user's are. */
final class Runs {
  private Runs() {}

  /**
   * A run whose label is {@code y}.
   *
   * @param model as JSON
   * @param more further keys as JSON, each ended by a comma
   */
  static RunConfig of(String model, String more) {
    try {
      Path file = Files.createTempFile("run", ".json");
      try {
        Files.writeString(
            file,
            """
            {%s "data": {"train": "rows.csv"}, "label": "y", "model": %s,
             "training": {"epochs": 1, "optimizer": {"type": "gradient_descent", "learning_rate": 1}}}
            """
                .formatted(more, model));
        return ConfigLoader.load(file, List.of()).run();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
