package dev.slope.export;

import dev.slope.data.Dictionary;
import dev.slope.features.IntegerText;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/** The texts of a dictionary as a served model takes them; the code -1 is a missing one. */
interface TextValues {
  /** Texts as strings in UTF-8. */
  final class Strings implements TextValues {
    private static final byte[] MISSING = {};

    private final byte[][] bytes;

    Strings(Dictionary dictionary) {
      this.bytes =
          dictionary.texts().stream()
              .map(text -> text.getBytes(StandardCharsets.UTF_8))
              .toArray(byte[][]::new);
    }

    byte[] bytes(int code) {
      return code < 0 ? MISSING : bytes[code];
    }
  }

  /** Texts as integers. */
  final class Integers implements TextValues {
    private final long[] integers;
    private final BitSet wrong = new BitSet();

    Integers(Dictionary dictionary) {
      this.integers = new long[dictionary.size()];
      for (int code = 0; code < integers.length; code++) {
        String text = dictionary.text(code);
        if (text.isEmpty()) {
          integers[code] = Vocabularies.MISSING_INTEGER;
        } else {
          int place = code;
          IntegerText.of(text)
              .ifPresentOrElse(
                  digits -> integers[place] = Long.parseLong(digits), () -> wrong.set(place));
        }
      }
    }

    /** Whether the text is an integer or missing. */
    boolean isInteger(int code) {
      return code < 0 || !wrong.get(code);
    }

    /** The integer; of a missing one what stands for it. */
    long integer(int code) {
      return code < 0 ? Vocabularies.MISSING_INTEGER : integers[code];
    }
  }
}
