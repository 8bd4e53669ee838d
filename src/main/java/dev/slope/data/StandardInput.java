package dev.slope.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** Standard input as a file: sources are read more than once. */
final class StandardInput {
  /** The path that stands for it. */
  static final String PATH = "-";

  private static final String NAME = "standard input";
  private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

  private StandardInput() {}

  /**
   * All of it, in a file of its own that is deleted when the process ends.
   *
   * @throws DataException where it can't be read, or there is no room for it
   */
  static DataFile spooled() {
    try {
      Path copy = Files.createTempFile("slope-stdin-", "");
      copy.toFile().deleteOnExit();
      Files.copy(System.in, copy, StandardCopyOption.REPLACE_EXISTING);
      return new DataFile(copy, NAME);
    } catch (IOException e) {
      throw new DataException(NAME + " can't be read: " + e.getMessage(), e);
    }
  }

  /** The extension its content deserves: no name tells its format. */
  static String extension(DataFile file) {
    try (InputStream in = Files.newInputStream(file.path())) {
      if (Arrays.equals(in.readNBytes(PARQUET.length), PARQUET)) {
        return "parquet";
      }
    } catch (IOException e) {
      throw file.unreadable(e);
    }
    try (BufferedReader text = file.openText()) {
      int first = text.read();
      while (first >= 0 && Character.isWhitespace(first)) {
        first = text.read();
      }
      return first == '{' ? "jsonl" : first == '[' ? "json" : "csv";
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }
}
