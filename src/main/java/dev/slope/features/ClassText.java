package dev.slope.features;

/** The name of a class whose label is a number. */
final class ClassText {
  /** Up to here every integer of a float32's size has its plain digits. */
  private static final double PLAIN_UNTIL = 1e15;

  private ClassText() {}

  /** {@code 1} for 1.0, {@code 0.5} for 0.5: as short as tells the value from its neighbours. */
  static String of(float value) {
    boolean integer = value == Math.rint(value) && Math.abs(value) < PLAIN_UNTIL;
    return integer ? Long.toString((long) value) : Float.toString(value);
  }
}
