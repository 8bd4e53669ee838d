package dev.slope.data;

import dev.slope.config.DataSourceConfig;
import dev.slope.config.FileFormat;
import java.nio.file.Path;

/** Opens every kind of source. */
public final class DataSources {
  private DataSources() {}

  /**
   * Opens a source.
   *
   * @param baseDirectory what a file's path is relative to
   * @param seed of everything that is drawn
   * @throws DataException where it can't be read or has no row
   */
  public static DataSource open(DataSourceConfig config, Path baseDirectory, long seed) {
    if (config instanceof DataSourceConfig.File file) {
      Path path = baseDirectory.resolve(file.path());
      return open(new DataFile(path, file.path()), file.format());
    }
    if (config instanceof DataSourceConfig.Inline inline) {
      return new TableSource("inline data", InlineTable.of(inline));
    }
    if (config instanceof DataSourceConfig.Synthetic synthetic) {
      return new TableSource(synthetic.equation(), SyntheticTable.of(synthetic, seed));
    }
    throw new AssertionError("no source for " + config.getClass().getSimpleName());
  }

  /**
   * Opens a file, its format by its extension.
   *
   * @param path relative to the working directory
   * @throws DataException where it can't be read or has no row
   */
  public static DataSource openFile(Path path) {
    return open(new DataFile(path, path.toString()), FileFormat.AUTO);
  }

  private static DataSource open(DataFile file, FileFormat format) {
    file.check();
    FileFormat known = format == FileFormat.AUTO ? file.formatByExtension() : format;
    return switch (known) {
      case CSV -> new CsvSource(file);
      case PARQUET -> new ParquetSource(file);
      case AUTO -> throw new AssertionError("the extension decides");
    };
  }
}
