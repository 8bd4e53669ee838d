package dev.slope.features;

import dev.slope.config.Precision;
import dev.slope.data.Dictionary;
import org.jspecify.annotations.Nullable;

/** The name of a class. */
final class ClassText {
  /** Up to here every integer of a float32's size has its plain digits. */
  private static final double PLAIN_UNTIL = 1e15;

  private ClassText() {}

  /**
   * Of a label as it is coded.
   *
   * @param dictionary the texts that labels are codes of; null where they are numbers
   */
  static String of(double label, @Nullable Dictionary dictionary) {
    return dictionary == null ? of(label) : dictionary.text((int) label);
  }

  /** {@code 1} for 1.0, {@code 0.5} for 0.5: as short as tells the value from its neighbours. */
  static String of(double value) {
    boolean integer = value == Math.rint(value) && Math.abs(value) < PLAIN_UNTIL;
    return integer ? Long.toString((long) value) : Precision.text(value);
  }
}
