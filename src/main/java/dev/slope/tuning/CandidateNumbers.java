package dev.slope.tuning;

import dev.slope.config.JsonValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as a person would write them into a config: 0.1, not 0.10000000000000002. */
final class CandidateNumbers {
  /** What is left out is far below what any training tells apart. */
  private static final MathContext DIGITS = new MathContext(12);

  /** Enough that a step of a path is no surprise, and rounded up by more than float32 loses. */
  private static final MathContext DIGITS_OF_LARGEST = new MathContext(6, RoundingMode.CEILING);

  private CandidateNumbers() {}

  /** A number in 12 digits; a whole one has no point, so that a key of integers takes it. */
  static JsonValue json(double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
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
