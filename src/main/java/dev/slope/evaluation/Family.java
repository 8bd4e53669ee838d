package dev.slope.evaluation;

import dev.slope.config.BinaryLink;
import dev.slope.config.ModelConfig;
import dev.slope.features.ClassProbability;
import org.hipparchus.special.Gamma;
import org.jspecify.annotations.Nullable;

/**
 * The distribution that a model takes its label to have, about a mean that is a function of the
 * score: what the standard errors of a generalized linear model follow from. The formulas are those
 * of McCullagh and Nelder, "Generalized Linear Models" (1989), and of statsmodels.
 */
public sealed interface Family {
  /** The mean at a score: the inverse of the link. */
  double mean(double score);

  /** The derivative of {@link #mean}. */
  double slope(double score);

  /** The score at which the mean is a number that it may be. */
  double score(double mean);

  /** The variance at a score, in units of the dispersion. */
  double variance(double score);

  /** Twice what the log-likelihood lacks to that of a perfect prediction, for a weight of 1. */
  double deviance(double target, double score);

  /** Whether the dispersion is 1, as the distribution says; else it is estimated. */
  boolean isDispersionKnown();

  /**
   * The log-likelihood of a row, where {@link #hasLikelihood}.
   *
   * @param weight above 0: the variance is divided by it
   * @param dispersion above 0
   */
  double logLikelihood(double target, double score, double weight, double dispersion);

  /** Whether the likelihood has a formula. */
  default boolean hasLikelihood() {
    return true;
  }

  /** The normal distribution, its mean the score. */
  record Gaussian() implements Family {
    @Override
    public double mean(double score) {
      return score;
    }

    @Override
    public double slope(double score) {
      return 1;
    }

    @Override
    public double score(double mean) {
      return mean;
    }

    @Override
    public double variance(double score) {
      return 1;
    }

    @Override
    public double deviance(double target, double score) {
      return (target - score) * (target - score);
    }

    @Override
    public boolean isDispersionKnown() {
      return false;
    }

    @Override
    public double logLikelihood(double target, double score, double weight, double dispersion) {
      return -0.5
          * (Math.log(2 * Math.PI * dispersion / weight)
              + weight * deviance(target, score) / dispersion);
    }
  }

  /** Amounts whose mean has the score as its logarithm, and whose variance is a power of it. */
  sealed interface LogMean extends Family {
    /** Of the mean: the variance. */
    double power();

    /** Its deviance by target and mean. */
    Deviance ofMeans();

    @Override
    default double mean(double score) {
      return Math.exp(score);
    }

    @Override
    default double slope(double score) {
      return mean(score);
    }

    @Override
    default double score(double mean) {
      return Math.log(mean);
    }

    @Override
    default double variance(double score) {
      return Math.exp(power() * score);
    }

    @Override
    default double deviance(double target, double score) {
      return ofMeans().of(target, mean(score));
    }
  }

  /** Counts, the logarithm of their mean the score. */
  record Poisson() implements LogMean {
    @Override
    public double power() {
      return 1;
    }

    @Override
    public Deviance ofMeans() {
      return new Deviance.Poisson();
    }

    @Override
    public boolean isDispersionKnown() {
      return true;
    }

    @Override
    public double logLikelihood(double target, double score, double weight, double dispersion) {
      return weight * (target * score - Math.exp(score) - Gamma.logGamma(target + 1)) / dispersion;
    }
  }

  /** Positive amounts whose standard deviation grows as their mean, its logarithm the score. */
  record GammaAmounts() implements LogMean {
    @Override
    public double power() {
      return 2;
    }

    @Override
    public Deviance ofMeans() {
      return new Deviance.Gamma();
    }

    @Override
    public boolean isDispersionKnown() {
      return false;
    }

    @Override
    public double logLikelihood(double target, double score, double weight, double dispersion) {
      double shape = weight / dispersion;
      double relative = target * Math.exp(-score);
      return shape * Math.log(shape * relative)
          - shape * relative
          - Gamma.logGamma(shape)
          - Math.log(target);
    }
  }

  /**
   * Amounts that may be 0, their variance a power of their mean, the logarithm of that the score.
   *
   * @param power between 1 and 2
   */
  record Tweedie(double power) implements LogMean {
    @Override
    public Deviance ofMeans() {
      return new Deviance.Tweedie(power);
    }

    @Override
    public boolean isDispersionKnown() {
      return false;
    }

    @Override
    public double logLikelihood(double target, double score, double weight, double dispersion) {
      throw new UnsupportedOperationException("the density of a Tweedie distribution is a series");
    }

    @Override
    public boolean hasLikelihood() {
      return false;
    }
  }

  /**
   * One of two classes: 1 with the probability that a link makes of the score, else 0.
   *
   * @param link from the probability to the score
   */
  record Binomial(BinaryLink link) implements Family {
    @Override
    public double mean(double score) {
      return ClassProbability.of(link, score);
    }

    @Override
    public double slope(double score) {
      return switch (link) {
        case LOGIT -> mean(score) * ClassProbability.ofNegative(link, score);
        case PROBIT -> Math.exp(-score * score / 2) / Math.sqrt(2 * Math.PI);
        case CLOGLOG -> Math.exp(score - Math.exp(score));
      };
    }

    @Override
    public double score(double mean) {
      return ClassProbability.score(link, mean);
    }

    @Override
    public double variance(double score) {
      return mean(score) * ClassProbability.ofNegative(link, score);
    }

    @Override
    public double deviance(double target, double score) {
      return 2 * ClassProbability.logLoss(link, score, target == 1);
    }

    @Override
    public boolean isDispersionKnown() {
      return true;
    }

    @Override
    public double logLikelihood(double target, double score, double weight, double dispersion) {
      return -weight * deviance(target, score) / 2;
    }
  }

  /** The family of a model type; null where it has none. */
  static @Nullable Family of(ModelConfig model) {
    if (model instanceof ModelConfig.LinearRegression) {
      return new Gaussian();
    }
    if (model instanceof ModelConfig.LogisticRegression logistic) {
      return new Binomial(logistic.link());
    }
    if (model instanceof ModelConfig.PoissonRegression) {
      return new Poisson();
    }
    if (model instanceof ModelConfig.GammaRegression) {
      return new GammaAmounts();
    }
    if (model instanceof ModelConfig.TweedieRegression tweedie) {
      return new Tweedie(tweedie.power());
    }
    if (model instanceof ModelConfig.HuberRegression
        || model instanceof ModelConfig.QuantileRegression
        || model instanceof ModelConfig.AbsoluteRegression
        || model instanceof ModelConfig.SoftmaxRegression
        || model instanceof ModelConfig.LinearSvm) {
      return null;
    }
    throw new AssertionError("no family of " + model.getClass().getSimpleName());
  }
}
