package dev.slope.training.secondorder;

import dev.slope.config.Precision;

/**
 * What the rounding of scores hides from a search, as shares of the loss.
 *
 * @param ofLosses how far apart two losses of the same rows may be by rounding alone
 * @param ofDescent a decrease of less, twice in a row, tells nothing any more
 * @param ofNewtonStep a Newton step that promises less is the last: what it leaves is the square of
 *     what it takes
 * @param ofSlope what a step promises less may be rounding
 */
record Resolution(double ofLosses, double ofDescent, double ofNewtonStep, double ofSlope) {
  private static final Resolution FLOAT32 = new Resolution(1e-6, 1e-9, 1e-10, 1e-7);
  private static final Resolution FLOAT64 = new Resolution(1e-14, 1e-15, 1e-16, 1e-13);

  /** Of rows that are scored in a precision. */
  static Resolution of(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> FLOAT32;
      case FLOAT64 -> FLOAT64;
    };
  }
}
