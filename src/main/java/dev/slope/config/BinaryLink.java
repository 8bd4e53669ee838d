package dev.slope.config;

/** From the probability p of the positive class of two to the score. */
public enum BinaryLink {
  /** {@code ln(p / (1 - p))}: each unit of the score multiplies the odds. */
  LOGIT,
  /** The quantile of the standard normal distribution: a normal quantity above a threshold. */
  PROBIT,
  /** {@code ln(-ln(1 - p))}: at least one event of a Poisson process, whose rate is exp(score). */
  CLOGLOG;

  /** The name as configs and models spell it. */
  public String key() {
    return ConfigNames.value(this);
  }
}
