package dev.slope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** A file that a command writes where the user wants it. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Before the data are read, which may take long.
   *
   * @param force whether a file may be replaced
   * @throws OutputException where the file would not be written
   */
  static void requireWritable(Path target, boolean force) {
    if (Files.isDirectory(target)) {
      throw new OutputException(target, "it is a folder");
    }
    if (Files.exists(target) && !force) {
      throw new OutputException(target, "it exists; --force replaces it");
    }
  }

  /** It appears whole or not at all. */
  static void write(Path target, String text) {
    try {
      Path part = target.toAbsolutePath().resolveSibling(".slope-" + UUID.randomUUID() + ".part");
      try {
        Files.writeString(part, text, StandardCharsets.UTF_8);
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new OutputException(target, e);
    }
  }
}
