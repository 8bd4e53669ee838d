package dev.slope.export;

import dev.slope.data.Dictionary;
import java.nio.charset.StandardCharsets;

/** The texts of a dictionary in UTF-8, as strings of TensorFlow are. */
final class TextBytes {
  private static final byte[] MISSING = {};

  private final byte[][] bytes;

  TextBytes(Dictionary dictionary) {
    this.bytes =
        dictionary.texts().stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
  }

  /** Of a code; of -1, a missing text, the empty one. */
  byte[] of(int code) {
    return code < 0 ? MISSING : bytes[code];
  }
}
