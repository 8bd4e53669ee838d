package dev.slope.features;

import dev.slope.config.BinaryLink;

/**
 * The probability of the positive class of two as a function of the score, in float64: the inverse
 * of a link.
 */
public final class ClassProbability {
  private ClassProbability() {}

  /** The probability of the positive class. */
  public static double of(BinaryLink link, double score) {
    return switch (link) {
      case LOGIT -> 1 / (1 + Math.exp(-score));
      case PROBIT -> NormalDistribution.cumulative(score);
      case CLOGLOG -> -Math.expm1(-Math.exp(score));
    };
  }

  /** The probability of the negative class, in full precision where it is small. */
  public static double ofNegative(BinaryLink link, double score) {
    return link == BinaryLink.CLOGLOG ? Math.exp(-Math.exp(score)) : of(link, -score);
  }

  /**
   * Minus the logarithm of a class's probability. It is computed from the score, so it counts a
   * wrong class that is all but certain in full; infinite only where it is above 1.8e308.
   *
   * @param positive whether of the positive class
   */
  public static double logLoss(BinaryLink link, double score, boolean positive) {
    return switch (link) {
      case LOGIT -> softplus(positive ? -score : score);
      case PROBIT -> -NormalDistribution.logCumulative(positive ? score : -score);
      case CLOGLOG -> positive ? logLossOfEvents(score) : Math.exp(score);
    };
  }

  /** The score at which the positive class has a probability between 0 and 1: the link itself. */
  public static double score(BinaryLink link, double probability) {
    return switch (link) {
      case LOGIT -> Math.log(probability / (1 - probability));
      case PROBIT -> NormalDistribution.quantile(probability);
      case CLOGLOG -> Math.log(-Math.log1p(-probability));
    };
  }

  /**
   * {@code log(1 + e^x)} without overflow, to a few units in the last place: {@code t log(s) / (s -
   * 1)} undoes the rounding of {@code s = 1 + t} (Goldberg, "What every computer scientist should
   * know about floating-point arithmetic", 1991, theorem 4). {@code Math.log1p} is a call of native
   * code and takes several times as long.
   */
  private static double softplus(double x) {
    double tail = Math.exp(-Math.abs(x));
    double sum = 1 + tail;
    double logarithm = sum == 1 ? tail : tail * (Math.log(sum) / (sum - 1));
    return Math.max(x, 0) + logarithm;
  }

  /** {@code -ln(1 - exp(-rate))} for {@code rate = exp(score)}, which may be 0 or infinite. */
  private static double logLossOfEvents(double score) {
    double rate = Math.exp(score);
    if (score > 0) {
      return -Math.log1p(-Math.exp(-rate));
    }
    return rate < Double.MIN_NORMAL ? -score : -Math.log(-Math.expm1(-rate));
  }
}
