package dev.slope.features;

import java.util.Optional;

/** The text of an integer that names a category: its decimal digits. */
final class IntegerText {
  /** From here on neighbouring integers have no float64 of their own. */
  private static final double EXACT_BELOW = 0x1p53;

  private IntegerText() {}

  /**
   * {@code 3} for {@code 3}, {@code +3}, {@code 03} and {@code 3.0}; empty for what is no int64.
   */
  static Optional<String> of(String text) {
    try {
      return Optional.of(Long.toString(Long.parseLong(text)));
    } catch (NumberFormatException e) {
      return ofFraction(text);
    }
  }

  private static Optional<String> ofFraction(String text) {
    try {
      double value = Double.parseDouble(text);
      boolean integer = value == Math.rint(value) && Math.abs(value) < EXACT_BELOW;
      return integer ? Optional.of(Long.toString((long) value)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
