package dev.slope.tuning;

import dev.slope.config.JsonValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as a person would write them into a config: 0.1, not 0.10000000000000002. */
final class CandidateNumbers {
  /** Of a sum: what is left out is far below what any training tells apart. */
  private static final MathContext DIGITS = new MathContext(12);

  /** Of a product, whose neighbours differ by much more. */
  private static final MathContext FEW_DIGITS = new MathContext(6);

  /** The same, rounded up by more than float32 loses. */
  private static final MathContext DIGITS_OF_LARGEST = new MathContext(6, RoundingMode.CEILING);

  private CandidateNumbers() {}

  /** A number of a linear scale. */
  static JsonValue linear(double value) {
    return json(value, DIGITS);
  }

  /** A number of a logarithmic scale. */
  static JsonValue logarithmic(double value) {
    return json(value, FEW_DIGITS);
  }

  /** A whole number has no point, so that a key of integers takes it. */
  private static JsonValue json(double value, MathContext digits) {
    BigDecimal rounded = new BigDecimal(value).round(digits).stripTrailingZeros();
    return new JsonValue(
        rounded.scale() <= 0 && rounded.precision() - rounded.scale() <= DIGITS.getPrecision()
            ? rounded.toPlainString()
            : rounded.toString());
  }

  /** The largest penalty of a path, not below what it was computed as. */
  static double largest(double penalty) {
    return new BigDecimal(penalty).round(DIGITS_OF_LARGEST).doubleValue();
  }
}
