package dev.slope.data;

import dev.slope.config.DataSourceConfig;
import dev.slope.config.FileFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes files of data and reads them as a config would. */
final class SourceFixture {
  private final Path folder;

  SourceFixture(Path folder) {
    this.folder = folder;
  }

  Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] bytes) {
    try {
      Path path = folder.resolve(name);
      Files.createDirectories(path.toAbsolutePath().getParent());
      return Files.write(path, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] gzip(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  DataSource open(String path) {
    return open(DataSourceConfig.File.of(path));
  }

  DataSource open(DataSourceConfig config) {
    return DataSources.open(config, folder, 0);
  }

  /** A file config that says more than its path. */
  static DataSourceConfig.File file(
      String path,
      FileFormat format,
      @Nullable String delimiter,
      boolean header,
      String... missing) {
    return new DataSourceConfig.File(path, format, delimiter, header, List.of(missing));
  }

  /** All values of some columns, row by row. */
  List<Float> read(String path, String... columns) {
    return read(DataSourceConfig.File.of(path), columns);
  }

  List<Float> read(DataSourceConfig config, String... columns) {
    try (DataSource source = open(config)) {
      return Tables.values(source.readNumbers(List.of(columns)));
    }
  }

  /** The rows as a prediction sees them: the number, a bar, the text. */
  static List<String> scan(DataSource source, String numeric, String text) {
    List<String> rows = new ArrayList<>();
    source.scan(
        List.of(new CodedColumn(numeric, CellCoding.OPTIONAL_NUMBER)),
        List.of(text),
        batch -> {
          for (int i = 0; i < batch.text().size(); i++) {
            rows.add(batch.block().get(i, 0) + "|" + batch.text().get(i)[0]);
          }
        });
    return rows;
  }
}
