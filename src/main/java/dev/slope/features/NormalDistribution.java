package dev.slope.features;

/** The standard normal distribution to about fourteen digits, however far out. */
final class NormalDistribution {
  /** Below it the series converges quickly, above it the continued fraction does. */
  private static final double FAR = 3;

  private static final double LOG_ROOT_OF_TWO_PI = Math.log(2 * Math.PI) / 2;

  private NormalDistribution() {}

  /** {@code ln P(Z <= x)}: near x = -1e4 it is -5e7, where the probability itself is 0. */
  static double logCumulative(double x) {
    if (x >= 0) {
      return Math.log1p(-upperTail(x));
    }
    return x < -FAR ? logDensity(x) + Math.log(millsRatio(-x)) : Math.log(upperTail(-x));
  }

  /** {@code P(Z <= x)}. */
  static double cumulative(double x) {
    return x >= 0 ? 1 - upperTail(x) : upperTail(-x);
  }

  /** The x of which {@link #cumulative} is a probability between 0 and 1: by bisection. */
  static double quantile(double probability) {
    double low = -40;
    double high = 40;
    while (true) {
      double middle = (low + high) / 2;
      if (middle == low || middle == high) {
        return middle;
      }
      if (cumulative(middle) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  /** {@code P(Z > x)} for x of at least 0. */
  private static double upperTail(double x) {
    double density = Math.exp(logDensity(x));
    return x > FAR ? density * millsRatio(x) : 0.5 - density * series(x);
  }

  private static double logDensity(double x) {
    return -x * x / 2 - LOG_ROOT_OF_TWO_PI;
  }

  /** {@code x + x^3/3 + x^5/(3 5) + ...}: Abramowitz and Stegun 26.2.11. */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int i = 3; term > 1e-17 * sum; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return sum;
  }

  /** {@code 1/(x + 1/(x + 2/(x + 3/(x + ...))))}: Abramowitz and Stegun 26.2.14. */
  private static double millsRatio(double x) {
    double tail = x;
    for (int i = 200; i > 0; i--) {
      tail = x + i / tail;
    }
    return 1 / tail;
  }
}
