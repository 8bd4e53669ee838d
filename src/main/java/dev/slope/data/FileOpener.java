package dev.slope.data;

import dev.slope.config.DataSourceConfig;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens files, each by its format; those that DuckDB reads share one database. */
final class FileOpener implements AutoCloseable {
  private @Nullable DuckDb duckDb;

  /** Opens what a file source names. */
  static CodedSource open(DataSourceConfig.File config, Path base) {
    try (FileOpener opener = new FileOpener()) {
      return open(config.path(), base, file -> opener.open(file, config));
    }
  }

  /**
   * Opens a file, all files of a pattern, or standard input.
   *
   * @param base what the path is relative to
   * @param format opens one file that there is
   */
  static CodedSource open(String path, Path base, Function<DataFile, CodedSource> format) {
    if (path.equals(StandardInput.PATH)) {
      return openOne(StandardInput.spooled(), format);
    }
    if (!FilePattern.is(base, path)) {
      return openOne(new DataFile(base.resolve(path), path), format);
    }
    List<CodedSource> opened = new ArrayList<>();
    boolean complete = false;
    try {
      for (DataFile file : FilePattern.files(base, path)) {
        opened.add(openOne(file, format));
      }
      CodedSource all = opened.size() == 1 ? opened.get(0) : new ManyFiles(path, opened);
      complete = true;
      return all;
    } finally {
      if (!complete) {
        opened.forEach(DataSource::close);
      }
    }
  }

  private static CodedSource openOne(DataFile file, Function<DataFile, CodedSource> format) {
    file.check();
    return format.apply(file);
  }

  private CodedSource open(DataFile file, DataSourceConfig.File config) {
    return switch (config.format()) {
      case AUTO -> byExtension(file, config);
      case CSV -> csv(file, config);
      case TSV -> tsv(file, config);
      case PARQUET -> new ParquetSource(file, connection());
      case JSONL -> json(file, JsonRecords.Layout.LINES);
      case JSON -> json(file, JsonRecords.Layout.ARRAY);
    };
  }

  private CodedSource byExtension(DataFile file, DataSourceConfig.File config) {
    String extension =
        config.path().equals(StandardInput.PATH)
            ? StandardInput.extension(file)
            : extension(file.name());
    return switch (extension) {
      case "csv" -> csv(file, config);
      case "tsv" -> tsv(file, config);
      case "parquet" -> new ParquetSource(file, connection());
      case "jsonl", "ndjson" -> json(file, JsonRecords.Layout.LINES);
      case "json" -> json(file, JsonRecords.Layout.ARRAY);
      case "libsvm", "svm" -> new LibsvmSource(file, null);
      case "tfrecord", "tfrecords" -> new RecordSource(file, ExampleRecords::new);
      default ->
          throw new DataException(
              "the extension of %s must be .csv, .tsv, .parquet, .jsonl, .ndjson, .json, .libsvm or"
                      .formatted(file.name())
                  + " .tfrecord, with .gz or .zst behind it where the file is compressed; for"
                  + " another one, set the source's 'format'");
    };
  }

  private static CodedSource csv(DataFile file, DataSourceConfig.File config) {
    return new CsvSource(file, CsvDialect.of("CSV", ',', config));
  }

  private static CodedSource tsv(DataFile file, DataSourceConfig.File config) {
    return new CsvSource(file, CsvDialect.of("TSV", '\t', config));
  }

  private static CodedSource json(DataFile file, JsonRecords.Layout layout) {
    return new RecordSource(file, each -> new JsonRecords(each, layout));
  }

  private DuckDb connection() {
    try {
      if (duckDb == null) {
        // What is fetched ahead takes fresh memory for all of the file, which is slower than to
        // wait.
        duckDb =
            DuckDb.open(
                List.of(
                    "SET threads=" + scanningThreads(), "SET disable_parquet_prefetching=true"));
      }
      return duckDb.duplicate();
    } catch (SQLException e) {
      throw new DataException("DuckDB can't be opened: " + e.getMessage(), e);
    }
  }

  /**
   * One core is left to the thread that codes the cells: on two cores, a second thread that scans
   * costs more in handing chunks over than it gains.
   */
  private static int scanningThreads() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  }

  /** A name's extension, {@code .gz} and {@code .zst} left aside. */
  private static String extension(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String packed : List.of(".gz", ".zst")) {
      if (lower.endsWith(packed)) {
        lower = lower.substring(0, lower.length() - packed.length());
      }
    }
    return lower.substring(lower.lastIndexOf('.') + 1);
  }

  /** Closes what it shares; the sources it opened stay open. */
  @Override
  public void close() {
    if (duckDb != null) {
      duckDb.close();
    }
  }
}
