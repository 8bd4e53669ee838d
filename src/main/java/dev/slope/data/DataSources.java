package dev.slope.data;

import dev.slope.config.DataSourceConfig;
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
    return open(config, baseDirectory, seed, BlockStore.inMemory());
  }

  /**
   * {@link #open(DataSourceConfig, Path, long)}.
   *
   * @param store keeps rows that come into being as the source is opened
   */
  public static DataSource open(
      DataSourceConfig config, Path baseDirectory, long seed, BlockStore store) {
    if (config instanceof DataSourceConfig.File file) {
      return FileOpener.open(file, baseDirectory);
    }
    if (config instanceof DataSourceConfig.Sql sql) {
      return SqlSource.of(sql.query(), baseDirectory);
    }
    if (config instanceof DataSourceConfig.Jdbc jdbc) {
      return new JdbcSource(jdbc, new EnvironmentText(System.getenv()));
    }
    if (config instanceof DataSourceConfig.Libsvm libsvm) {
      return FileOpener.open(
          libsvm.path(), baseDirectory, file -> new LibsvmSource(file, libsvm.features()));
    }
    if (config instanceof DataSourceConfig.TfRecord records) {
      return FileOpener.open(
          records.path(), baseDirectory, file -> new RecordSource(file, ExampleRecords::new));
    }
    if (config instanceof DataSourceConfig.Inline inline) {
      return new TableSource("inline data", InlineTable.of(inline, store.precision()));
    }
    if (config instanceof DataSourceConfig.Synthetic synthetic) {
      return new TableSource(synthetic.equation(), SyntheticTable.of(synthetic, seed, store));
    }
    throw new AssertionError("no source for " + config.getClass().getSimpleName());
  }

  /**
   * Opens what a command names: a file, a pattern of files or {@code -}, each as a config's {@code
   * file} that says no more.
   *
   * @param path relative to the working directory
   * @throws DataException where it can't be read or has no row
   */
  public static DataSource openFile(Path path) {
    return FileOpener.open(DataSourceConfig.File.of(path.toString()), Path.of(""));
  }
}
