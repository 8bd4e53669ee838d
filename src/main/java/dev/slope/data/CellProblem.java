package dev.slope.data;

/** The messages about one cell that should be a number. */
final class CellProblem {
  /** No more of a cell's text is shown. */
  private static final int SHOWN_CHARACTERS = 60;

  private CellProblem() {}

  /** What is wrong with a text that is no finite number of float32. */
  static DataException of(String place, String text) {
    if (text.isEmpty()) {
      return missing(place);
    }
    return NumberText.isDecimal(text) || NumberText.isNotFinite(text)
        ? notFinite(place, text)
        : notANumber(place, text);
  }

  /** Where a cell is: {@code data.csv, line 3, column 'x'}. */
  static String place(String source, String unit, long number, String column) {
    return "%s, %s %d, column '%s'".formatted(source, unit, number, column);
  }

  static DataException missing(String place) {
    return new DataException(place + " is missing a value");
  }

  static DataException notANumber(String place, String text) {
    return new DataException("%s: '%s' is not a number".formatted(place, shown(text)));
  }

  /**
   * What is wrong with a text that can't be read as what it should be.
   *
   * @param rule what it must be
   */
  static DataException other(String place, String rule, String text) {
    return new DataException("%s must be %s, but was '%s'".formatted(place, rule, shown(text)));
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_CHARACTERS
        ? text
        : "%s... (%,d characters)"
            .formatted(text.substring(0, SHOWN_CHARACTERS).stripTrailing(), text.length());
  }

  /** NaN, infinite or beyond float32; the value as text. */
  static DataException notFinite(String place, String text) {
    return new DataException(
        "%s must be a finite number of float32 (at most 3.4e38), but was %s"
            .formatted(place, shown(text)));
  }
}
