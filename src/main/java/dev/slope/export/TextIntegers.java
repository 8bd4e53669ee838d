package dev.slope.export;

import dev.slope.data.Dictionary;
import dev.slope.features.IntegerText;
import java.util.BitSet;

/** The integers that the texts of a dictionary are. */
final class TextIntegers {
  private final long[] integers;
  private final BitSet wrong = new BitSet();

  TextIntegers(Dictionary dictionary) {
    this.integers = new long[dictionary.size()];
    for (int code = 0; code < integers.length; code++) {
      String text = dictionary.text(code);
      if (text.isEmpty()) {
        integers[code] = Vocabularies.MISSING_INTEGER;
      } else {
        add(code, text);
      }
    }
  }

  private void add(int code, String text) {
    IntegerText.of(text)
        .ifPresentOrElse(digits -> integers[code] = Long.parseLong(digits), () -> wrong.set(code));
  }

  /** Whether a code's text is an integer or missing; the code -1 is missing. */
  boolean isInteger(int code) {
    return code < 0 || !wrong.get(code);
  }

  /** The integer of a code; of a missing one what stands for it. */
  long of(int code) {
    return code < 0 ? Vocabularies.MISSING_INTEGER : integers[code];
  }
}
