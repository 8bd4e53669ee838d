package dev.slope.data;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What counts as a number, a boolean and a date in a file of text. */
final class NumberText {
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

  /** The float32 of a decimal number; NaN for any other text and for what is not finite. */
  static float finiteOrNaN(String text) {
    if (!isDecimal(text)) {
      return Float.NaN;
    }
    float value = Float.parseFloat(text);
    return Float.isFinite(value) ? value : Float.NaN;
  }

  /** The shortest text of a float32, without {@code .0} at its end. */
  static String shortest(float value) {
    String text = Float.toString(value);
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
