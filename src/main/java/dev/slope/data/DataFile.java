package dev.slope.data;

import dev.slope.config.FileFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;

/**
 * A file of data.
 *
 * @param path where it is
 * @param name how messages call it: as the user wrote it
 */
record DataFile(Path path, String name) {
  private static final int COPY_BYTES = 1 << 16;

  /**
   * Checks that there is something to read, before a reader of some format says it in its words.
   */
  void check() {
    if (!Files.exists(path)) {
      throw new DataException(name + " does not exist; it was looked for at " + absolute());
    }
    if (Files.isDirectory(path)) {
      throw new DataException(name + " must be a file, but is a directory");
    }
    if (!Files.isReadable(path)) {
      throw new DataException(name + " can't be read: permission denied");
    }
    if (bytes() == 0) {
      throw new DataException(name + " must have rows, but is empty (0 bytes)");
    }
  }

  FileFormat formatByExtension() {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".csv")) {
      return FileFormat.CSV;
    }
    if (lower.endsWith(".parquet")) {
      return FileFormat.PARQUET;
    }
    throw new DataException(
        "the extension of "
            + name
            + " must be .csv or .parquet; for another one, set the source's 'format' to csv or"
            + " parquet");
  }

  long bytes() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The SHA-256 of its bytes, streamed. */
  String sha256() {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[COPY_BYTES];
    try (InputStream in = Files.newInputStream(path)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return Sha256.hex(digest);
  }

  DataException unreadable(Exception cause) {
    return new DataException(name + " can't be read: " + cause.getMessage(), cause);
  }

  private String absolute() {
    return path.toAbsolutePath().normalize().toString();
  }
}
