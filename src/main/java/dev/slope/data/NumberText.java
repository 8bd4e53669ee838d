package dev.slope.data;

import dev.slope.config.Precision;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What counts as a number, a boolean and a date in a file of text. */
final class NumberText {
  /** A longer text is no number that names a category. */
  private static final int LONGEST_CANONICAL = 40;

  private static final Set<String> NOT_FINITE =
      Set.of("nan", "inf", "infinity", "-nan", "-inf", "-infinity", "+nan", "+inf", "+infinity");
  private static final Pattern TEMPORAL =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?)?(Z|[+-]\\d{2}(:?\\d{2})?)?"
              + "|\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?");

  private NumberText() {}

  static boolean isBoolean(String text) {
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
  }

  static boolean isTemporal(String text) {
    return TEMPORAL.matcher(text).matches();
  }

  /** Whether a text writes NaN or an infinity. */
  static boolean isNotFinite(String text) {
    return NOT_FINITE.contains(text.strip().toLowerCase(Locale.ROOT));
  }

  /**
   * Whether a text is a decimal number: {@code [+-] digits [. digits] [e [+-] digits]}, with at
   * least one digit before the exponent, blanks around it allowed.
   */
  static boolean isDecimal(String text) {
    String number = text.strip();
    int at = 0;
    if (at < number.length() && isSign(number.charAt(at))) {
      at++;
    }
    int whole = digits(number, at);
    at += whole;
    int fraction = 0;
    if (at < number.length() && number.charAt(at) == '.') {
      at++;
      fraction = digits(number, at);
      at += fraction;
    }
    if (whole + fraction == 0) {
      return false;
    }
    if (at < number.length() && (number.charAt(at) == 'e' || number.charAt(at) == 'E')) {
      at++;
      if (at < number.length() && isSign(number.charAt(at))) {
        at++;
      }
      int exponent = digits(number, at);
      if (exponent == 0) {
        return false;
      }
      at += exponent;
    }
    return at == number.length();
  }

  /** Whether a text writes NaN. */
  static boolean isNaN(String text) {
    return isNotFinite(text) && text.strip().toLowerCase(Locale.ROOT).endsWith("nan");
  }

  /**
   * The number of a cell, in a precision: NaN where it is empty or writes NaN, {@link
   * CellCoder#UNREADABLE} where it is no number or not finite.
   */
  static double value(String text, Precision precision) {
    double value = finiteOrNaN(text, precision);
    return Double.isNaN(value) && !text.isEmpty() && !isNaN(text) ? CellCoder.UNREADABLE : value;
  }

  /**
   * The text of a number that is the same for every way of writing it: {@code 7} of {@code 007},
   * {@code +7.0} and {@code 7e0}, {@code 0.5} of {@code .50}. Any other text is itself.
   */
  static String canonical(String text) {
    if (text.length() > LONGEST_CANONICAL || !isDecimal(text)) {
      return text;
    }
    BigDecimal number = new BigDecimal(text.strip()).stripTrailingZeros();
    return Math.abs((long) number.scale()) <= LONGEST_CANONICAL
        ? number.toPlainString()
        : number.toString();
  }

  /**
   * A decimal number in a precision; NaN for any other text and for what is not finite in float32.
   */
  static double finiteOrNaN(String text, Precision precision) {
    if (!isDecimal(text)) {
      return Double.NaN;
    }
    double value = precision.parse(text);
    return isServed(value) ? value : Double.NaN;
  }

  /** Whether a number is finite in float32, in which models are served. */
  static boolean isServed(double value) {
    return Float.isFinite((float) value);
  }

  /** The shortest text of a number, without {@code .0} at its end. */
  static String shortest(double value) {
    String text = Precision.text(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static boolean isSign(char character) {
    return character == '+' || character == '-';
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at - from;
  }
}
