package dev.slope.data;

import dev.slope.config.Precision;
import java.util.Locale;

/** What counts as true and as false in a text. */
final class TruthText {
  private TruthText() {}

  /**
   * 1 for {@code true}, {@code t}, {@code yes} or the number 1, 0 for {@code false}, {@code f},
   * {@code no} or the number 0, in upper or lower case, blanks around it allowed; NaN for any other
   * text.
   */
  static double valueOrNaN(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "1" -> 1;
      case "false", "f", "no", "0" -> 0;
      default -> valueOrNaN(NumberText.finiteOrNaN(text, Precision.FLOAT32));
    };
  }

  /** The number itself where it is 0 or 1, else NaN. */
  static double valueOrNaN(double number) {
    if (number == 0) {
      return 0;
    }
    return number == 1 ? 1 : Double.NaN;
  }
}
