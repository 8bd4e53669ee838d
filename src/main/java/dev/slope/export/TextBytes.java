package dev.slope.export;

import dev.slope.data.Dictionary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts of a dictionary in UTF-8, as strings of TensorFlow are. */
final class TextBytes {
  private static final byte[] MISSING = {};

  private final List<String> texts;

  /** Null where nobody asked yet: few rows have few of many texts. */
  private final byte[] @Nullable [] bytes;

  TextBytes(Dictionary dictionary) {
    this.texts = dictionary.texts();
    this.bytes = new byte[texts.size()][];
  }

  /** Of a code; of -1, a missing text, the empty one. */
  byte[] of(int code) {
    if (code < 0) {
      return MISSING;
    }
    byte[] text = bytes[code];
    if (text == null) {
      text = texts.get(code).getBytes(StandardCharsets.UTF_8);
      bytes[code] = text;
    }
    return text;
  }
}
