package dev.slope.data;

import dev.slope.config.Precision;

/**
 * Reads the usual decimal numbers of a text, to the very number that {@link Precision#parse} gives.
 */
final class DecimalBytes {
  /** Up to here every integer has a double of its own. */
  private static final long EXACT = 1L << 53;

  /** An integer of so many digits fits into a long. */
  private static final int MOST_DIGITS = 18;

  private static final int MOST_EXPONENT = 999;

  /** The powers of ten that are exact in double. */
  private static final double[] POWERS = new double[23];

  /** The bits of a double that float32 has no room for, and their value halfway between two. */
  private static final long DROPPED = (1L << 29) - 1;

  private static final long HALFWAY = 1L << 28;

  /**
   * A double may be off by a rounding of the digits and one of the result: less than so many bits.
   */
  private static final long UNCERTAIN = 4;

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private final Precision precision;
  private double value;
  private int end;

  DecimalBytes(Precision precision) {
    this.precision = precision;
  }

  /**
   * Reads {@code [+-] digits [. digits] [e [+-] digits]}; a byte that is none of it must follow.
   *
   * @return whether there is such a number and what it is in the precision is certain
   */
  boolean read(byte[] text, int from) {
    int at = from;
    byte next = text[at];
    boolean negative = next == '-';
    if (negative || next == '+') {
      next = text[++at];
    }
    int first = at;
    long digits = 0;
    while (next >= '0' && next <= '9') {
      digits = digits * 10 + (next - '0');
      next = text[++at];
    }
    int count = at - first;
    int exponent = 0;
    if (next == '.') {
      int fraction = at + 1;
      next = text[++at];
      while (next >= '0' && next <= '9') {
        digits = digits * 10 + (next - '0');
        next = text[++at];
      }
      exponent = fraction - at;
      count += at - fraction;
    }
    if (count == 0 || count > MOST_DIGITS) {
      return false;
    }
    end = at;
    if (next == 'e' || next == 'E') {
      int power = exponent(text, at + 1);
      if (power > MOST_EXPONENT) {
        return false;
      }
      exponent += power;
    }
    return convert(negative, digits, exponent);
  }

  /** The number after {@code e}; more than the largest where there is none. */
  private int exponent(byte[] text, int from) {
    int at = from;
    boolean negative = text[at] == '-';
    if (negative || text[at] == '+') {
      at++;
    }
    int first = at;
    int power = 0;
    while (text[at] >= '0' && text[at] <= '9' && power <= MOST_EXPONENT) {
      power = power * 10 + (text[at] - '0');
      at++;
    }
    if (at == first || power > MOST_EXPONENT) {
      return MOST_EXPONENT + 1;
    }
    end = at;
    return negative ? -power : power;
  }

  /**
   * Roundings to double and one to float32: together they are one unless the double lies about
   * halfway between two of float32. In float64 the quotient or product of two exact numbers is
   * rounded once.
   */
  private boolean convert(boolean negative, long digits, int exponent) {
    if (digits == 0) {
      value = negative ? -0.0 : 0.0;
      return true;
    }
    if (Math.abs(exponent) >= POWERS.length) {
      return false;
    }
    double close = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
    if (precision == Precision.FLOAT64) {
      value = negative ? -close : close;
      return digits < EXACT;
    }
    boolean exact = exponent == 0 && digits < EXACT;
    long dropped = Double.doubleToRawLongBits(close) & DROPPED;
    if (close < Float.MIN_NORMAL
        || close >= Float.MAX_VALUE
        || (!exact && Math.abs(dropped - HALFWAY) < UNCERTAIN)) {
      return false;
    }
    value = negative ? -(float) close : (float) close;
    return true;
  }

  /** What was read. */
  double value() {
    return value;
  }

  /** The place behind it. */
  int end() {
    return end;
  }
}
