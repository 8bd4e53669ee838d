package dev.slope.features;

import dev.slope.data.Dictionary;

/**
 * The texts of a column's codes as the model has them: those of integers in decimal digits, and the
 * empty one as missing.
 */
final class CategoryTexts {
  private final boolean integers;
  private final Dictionary dictionary;

  CategoryTexts(RawColumn column, Dictionary dictionary) {
    this.integers = column.type() == RawColumn.Type.INTEGER;
    this.dictionary = dictionary;
  }

  /** Whether a served model takes the text for a missing value. */
  boolean isMissing(int code) {
    return dictionary.text(code).isEmpty();
  }

  /** Whether it is no integer where it must be one. */
  boolean isWrong(int code) {
    return integers && !isMissing(code) && IntegerText.of(dictionary.text(code)).isEmpty();
  }

  /** The text; that of the data where it is wrong. */
  String text(int code) {
    String text = dictionary.text(code);
    return integers ? IntegerText.of(text).orElse(text) : text;
  }

  /** The text for a message. */
  String shown(int code) {
    String text = dictionary.text(code);
    int most = 80;
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }
}
