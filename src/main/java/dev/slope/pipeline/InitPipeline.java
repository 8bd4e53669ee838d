package dev.slope.pipeline;

import dev.slope.config.ConfigLoader;
import dev.slope.config.DataSourceConfig;
import dev.slope.config.Json;
import dev.slope.data.BlockStore;
import dev.slope.data.DataSource;
import dev.slope.data.DataSources;
import dev.slope.features.StarterConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Data, columns, config: in this order. */
public final class InitPipeline {
  /** What editors check configs with, where it lies beside one. */
  private static final String SCHEMA = "slope.schema.json";

  private InitPipeline() {}

  /**
   * A config to start with.
   *
   * @param json its text
   * @param starter what it says of the columns
   */
  public record Result(String json, StarterConfig starter) {}

  /**
   * Writes a config for a file; nothing is stored.
   *
   * @param data the file, a pattern of files or {@code -}, relative to the working directory
   * @param labels what is to be predicted
   * @param target the file that the config is for; null where nobody knows yet
   * @throws dev.slope.config.UserException where the data can't be read or learnt from
   */
  public static Result run(Path data, List<String> labels, @Nullable Path target) {
    StarterConfig starter;
    try (BlockStore store = RowMemory.temporary();
        DataSource source = DataSources.openFile(data)) {
      starter =
          StarterConfig.of(
              source.description(),
              source.columns(),
              labels,
              store,
              columns -> source.read(columns, store));
    }
    Map<String, Object> config = new LinkedHashMap<>();
    if (target != null && Files.exists(target.resolveSibling(SCHEMA))) {
      config.put("$schema", SCHEMA);
    }
    String name = name(target == null ? data : target);
    config.put("name", name);
    config.put("description", starter.description(String.valueOf(data.getFileName())));
    config.put("data", Map.of("train", path(data, target)));
    config.putAll(starter.members());
    String json = Json.write(config);
    ConfigLoader.check(target == null ? Path.of(name + ".json") : target, json);
    return new Result(json, starter);
  }

  /** The file's name without its extensions, of signs that a folder's name may have. */
  private static String name(Path file) {
    String stem = String.valueOf(file.getFileName()).replaceFirst("(?<=.)\\..*$", "");
    String name = stem.replaceAll("[^A-Za-z0-9_-]+", "_").replaceFirst("^[^A-Za-z0-9]+", "");
    return name.isEmpty() ? "model" : name;
  }

  /** As the config has it: relative to its folder, or absolute where nobody knows that. */
  private static String path(Path data, @Nullable Path target) {
    if (data.toString().equals(DataSourceConfig.STANDARD_INPUT)) {
      return DataSourceConfig.STANDARD_INPUT;
    }
    try {
      Path from = real(data.toAbsolutePath());
      Path folder = target == null ? null : target.toAbsolutePath().getParent();
      Path path =
          folder == null || !Files.isDirectory(folder)
              ? from
              : folder.toRealPath().relativize(from);
      return path.toString().replace('\\', '/');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The path without links in its folders, so that {@code ..} leads back along it; the end may be a
   * pattern.
   */
  private static Path real(Path path) throws IOException {
    Path folder = path.getParent();
    if (folder == null) {
      return path;
    }
    return Files.isDirectory(folder)
        ? folder.toRealPath().resolve(path.getFileName())
        : real(folder).resolve(path.getFileName());
  }
}
