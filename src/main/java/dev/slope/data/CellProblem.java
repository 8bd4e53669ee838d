package dev.slope.data;

/** The messages about one cell that should be a number. */
final class CellProblem {
  private CellProblem() {}

  /** Where a cell is: {@code data.csv, line 3, column 'x'}. */
  static String place(String source, String unit, long number, String column) {
    return "%s, %s %d, column '%s'".formatted(source, unit, number, column);
  }

  static DataException missing(String place) {
    return new DataException(place + " is missing a value");
  }

  static DataException notANumber(String place, String text) {
    return new DataException("%s: '%s' is not a number".formatted(place, text));
  }

  /** NaN, infinite or beyond float32; the value as text. */
  static DataException notFinite(String place, String text) {
    return new DataException(
        "%s must be a finite number of float32 (at most 3.4e38), but was %s"
            .formatted(place, text));
  }
}
