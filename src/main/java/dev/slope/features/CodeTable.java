package dev.slope.features;

import dev.slope.data.Dictionary;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The codes of a dictionary's texts, each found once, though the dictionary may grow. */
final class CodeTable {
  private final Supplier<Coding> begin;
  private @Nullable Coding coding;
  private @Nullable Dictionary dictionary;
  private float[] codes = {};
  private int known;

  /**
   * A table.
   *
   * @param begin what codes, made for the first texts
   */
  CodeTable(Supplier<Coding> begin) {
    this.begin = begin;
  }

  /** Finds the code of a text. */
  @FunctionalInterface
  interface Coding {
    /** The code of a text of a dictionary. */
    float of(String text);
  }

  /** The codes by the places of the texts; at least as many as there are texts. */
  float[] of(Dictionary texts) {
    if (texts != dictionary) {
      dictionary = texts;
      known = 0;
    }
    if (coding == null) {
      coding = begin.get();
    }
    int size = texts.size();
    if (size > codes.length) {
      codes = Arrays.copyOf(codes, Math.max(size, codes.length + codes.length / 2));
    }
    for (; known < size; known++) {
      codes[known] = coding.of(texts.text(known));
    }
    return codes;
  }
}
