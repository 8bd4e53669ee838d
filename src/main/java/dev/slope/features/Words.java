package dev.slope.features;

import dev.slope.data.FloatArray;
import java.util.Arrays;
import java.util.Locale;

/**
 * Counts the words of texts, by the definition of {@link FittedFeature.Text}. It holds one text's
 * words at a time, as UTF-8 in one piece, so that neighbouring words are one piece too.
 */
final class Words {
  private final int buckets;
  private final int ngrams;

  private byte[] bytes = new byte[256];
  private int length;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private int words;

  Words(FittedFeature.Text feature) {
    this.buckets = feature.buckets();
    this.ngrams = feature.ngrams();
  }

  /**
   * Adds 1 for each word and each run of neighbouring words.
   *
   * @param counts of the buckets, from {@code first} on
   */
  void count(String text, FloatArray counts, int first) {
    int end = text.indexOf('\0');
    split((end < 0 ? text : text.substring(0, end)).toLowerCase(Locale.ROOT));
    for (int word = 0; word < words; word++) {
      int last = Math.min(words, word + ngrams);
      for (int other = word; other < last; other++) {
        int size = ends[other] - starts[word];
        int place = first + HashBuckets.of(bytes, starts[word], size, buckets);
        counts.set(place, counts.get(place) + 1);
      }
    }
  }

  private void split(String text) {
    length = 0;
    words = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int letter = text.codePointAt(i);
      i += Character.charCount(letter);
      boolean word = isOfWord(letter);
      if (word && !inWord) {
        begin();
      } else if (!word && inWord) {
        ends[words++] = length;
      }
      if (word) {
        append(letter == 'ς' ? 'σ' : letter);
      }
      inWord = word;
    }
    if (inWord) {
      ends[words++] = length;
    }
  }

  private void begin() {
    if (words == starts.length) {
      starts = Arrays.copyOf(starts, 2 * words);
      ends = Arrays.copyOf(ends, 2 * words);
    }
    if (words > 0) {
      append(' ');
    }
    starts[words] = length;
  }

  /** Appends the UTF-8 of a character. */
  private void append(int letter) {
    if (length + 4 > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    if (letter < 0x80) {
      bytes[length++] = (byte) letter;
    } else if (letter < 0x800) {
      bytes[length++] = (byte) (0xc0 | (letter >> 6));
      continued(letter);
    } else if (letter < 0x10000) {
      bytes[length++] = (byte) (0xe0 | (letter >> 12));
      continued(letter >> 6);
      continued(letter);
    } else {
      bytes[length++] = (byte) (0xf0 | (letter >> 18));
      continued(letter >> 12);
      continued(letter >> 6);
      continued(letter);
    }
  }

  private void continued(int bits) {
    bytes[length++] = (byte) (0x80 | (bits & 0x3f));
  }

  /** Whether a character is a letter or a number: of Unicode's categories L and N. */
  static boolean isOfWord(int letter) {
    if (letter < 0x80) {
      return (letter >= 'a' && letter <= 'z')
          || (letter >= '0' && letter <= '9')
          || (letter >= 'A' && letter <= 'Z');
    }
    return switch (Character.getType(letter)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER ->
          true;
      default -> false;
    };
  }

  /** A regular expression of RE2's for a run of other characters, by their code points. */
  static String separators() {
    StringBuilder pattern = new StringBuilder("[^");
    int first = -1;
    for (int letter = 0; letter <= Character.MAX_CODE_POINT + 1; letter++) {
      boolean word = letter <= Character.MAX_CODE_POINT && isOfWord(letter);
      if (word && first < 0) {
        first = letter;
      } else if (!word && first >= 0) {
        pattern.append("\\x{%x}-\\x{%x}".formatted(first, letter - 1));
        first = -1;
      }
    }
    return pattern.append("]+").toString();
  }
}
