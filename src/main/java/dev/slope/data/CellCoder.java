package dev.slope.data;

import dev.slope.config.Precision;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes numbers of the cells of one column: NaN of a missing one and {@link #UNREADABLE} of one
 * that can't be read in the column's coding. What is missing and what can't be read is the same for
 * every kind of source.
 */
final class CellCoder {
  /** What a cell becomes that can't be read. */
  static final double UNREADABLE = Double.POSITIVE_INFINITY;

  private final CodedColumn column;
  private final boolean numeric;
  private final Precision precision;
  private final @Nullable Dictionary dictionary;
  // Of a numeric column, whose texts are not the dictionary's.
  private final Map<String, Double> codes = new HashMap<>();

  /**
   * A coder.
   *
   * @param kind what the source's column holds
   * @param precision of the numbers
   * @param dictionary of a column coded as text
   */
  CellCoder(
      CodedColumn column,
      ColumnInfo.Kind kind,
      Precision precision,
      @Nullable Dictionary dictionary) {
    if ((column.coding() == CellCoding.TEXT) != (dictionary != null)) {
      throw new IllegalArgumentException("text must have a dictionary, and nothing else one");
    }
    this.column = column;
    this.precision = precision;
    this.numeric = kind == ColumnInfo.Kind.NUMERIC;
    this.dictionary = dictionary;
  }

  /** Of a cell's text; an empty one is missing. */
  double ofText(String text) {
    if (text.isEmpty()) {
      return Double.NaN;
    }
    return switch (column.coding()) {
      case NUMBER, OPTIONAL_NUMBER -> NumberText.value(text, precision);
      case TEXT -> numeric ? codeOfNumber(text) : code(text);
      case TRUTH -> readable(TruthText.valueOrNaN(text));
      case DAY, SECOND -> ofSeconds(TimeText.secondsOrNone(text));
    };
  }

  /** Whether a number becomes itself, rounded. */
  boolean keepsNumbers() {
    return column.coding() == CellCoding.NUMBER || column.coding() == CellCoding.OPTIONAL_NUMBER;
  }

  /** Of a number, in a coding of numbers or of truth; NaN is missing. */
  double ofNumber(double number) {
    if (Double.isNaN(number)) {
      return Double.NaN;
    }
    if (column.coding() == CellCoding.TRUTH) {
      return readable(TruthText.valueOrNaN(number));
    }
    double value = precision.round(number);
    return NumberText.isServed(value) ? value : UNREADABLE;
  }

  /** Of the seconds since 1970-01-01T00:00:00 UTC, or {@link TimeText#NONE}. */
  double ofSeconds(long seconds) {
    if (seconds == TimeText.NONE) {
      return UNREADABLE;
    }
    return column.coding() == CellCoding.DAY
        ? Math.floorDiv(seconds, TimeText.SECONDS_A_DAY)
        : Math.floorMod(seconds, TimeText.SECONDS_A_DAY);
  }

  private static double readable(double valueOrNaN) {
    return Double.isNaN(valueOrNaN) ? UNREADABLE : valueOrNaN;
  }

  private double codeOfNumber(String text) {
    Double known = codes.get(text);
    if (known == null) {
      known = NumberText.isNaN(text) ? Double.NaN : code(NumberText.canonical(text));
      codes.put(text, known);
    }
    return known;
  }

  private double code(String text) {
    if (dictionary == null) {
      throw new IllegalStateException("column '" + column.name() + "' has no dictionary");
    }
    return dictionary.add(column.name(), text);
  }

  /** Whether there can be no such cell in rows to train on. */
  boolean isProblem(double value) {
    return value == UNREADABLE || (Double.isNaN(value) && !column.coding().isOptional());
  }

  /**
   * What is wrong with such a cell.
   *
   * @param place where it is
   * @param text as the source writes it
   */
  DataException problem(String place, String text) {
    return switch (column.coding()) {
      case NUMBER, OPTIONAL_NUMBER -> CellProblem.of(place, text);
      case TEXT -> CellProblem.other(place, "a text", text);
      case TRUTH -> CellProblem.other(place, "true or false (or t, f, yes, no, 1, 0)", text);
      case DAY, SECOND ->
          CellProblem.other(
              place, "a date like 2026-01-31 or a time like 2026-01-31T12:30:00Z", text);
    };
  }
}
