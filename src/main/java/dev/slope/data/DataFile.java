package dev.slope.data;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A file of data.
 *
 * @param path where it is
 * @param name how messages call it: as the user wrote it
 */
record DataFile(Path path, String name) {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * Checks that there is something to read, before a reader of some format says it in its words.
   */
  void check() {
    if (!Files.exists(path)) {
      throw new DataException(name + " does not exist; it was looked for at " + absolute());
    }
    if (Files.isDirectory(path)) {
      throw new DataException(
          name + " must be a file, but is a directory; a pattern names the files in one");
    }
    if (!Files.isReadable(path)) {
      throw denied(null);
    }
    if (bytes() == 0) {
      throw new DataException(name + " must have rows, but is empty (0 bytes)");
    }
  }

  /** Its size on the disk. */
  long bytes() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** How it is packed. */
  Compression compression() {
    try {
      return Compression.of(path);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Its content, decompressed. */
  InputStream open() throws IOException {
    return Compression.of(path)
        .decompressed(new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES));
  }

  /**
   * Its content as text in UTF-8, without a byte order mark; decoding is strict: a wrong encoding
   * is an error and no question mark.
   */
  BufferedReader openText() throws IOException {
    BufferedReader text =
        new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8.newDecoder()));
    try {
      text.mark(1);
      if (text.read() != BYTE_ORDER_MARK) {
        text.reset();
      }
      return text;
    } catch (IOException e) {
      text.close();
      throw e;
    }
  }

  /**
   * The SHA-256 of its bytes as they are on the disk, streamed.
   *
   * @param beforeEachRead may throw, to give up
   */
  String sha256(Runnable beforeEachRead) {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(path)) {
      for (int count = 0; count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
        beforeEachRead.run();
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return Sha256.hex(digest);
  }

  /** What a failed reading means to a user. */
  DataException unreadable(Exception cause) {
    if (cause instanceof CharacterCodingException) {
      return WrongEncoding.in(this, cause);
    }
    if (cause instanceof EOFException) {
      return new DataException(name + " is cut off: its compressed data has no end", cause);
    }
    if (cause instanceof ZipException) {
      return new DataException(
          name + " must be whole, but its compressed data is damaged: " + cause.getMessage(),
          cause);
    }
    if (cause instanceof AccessDeniedException) {
      return denied(cause);
    }
    return new DataException(name + " can't be read: " + cause.getMessage(), cause);
  }

  private DataException denied(@Nullable Exception cause) {
    String message = name + " can't be read: permission denied";
    return cause == null ? new DataException(message) : new DataException(message, cause);
  }

  private String absolute() {
    return path.toAbsolutePath().normalize().toString();
  }
}
