package dev.slope.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;
import org.jspecify.annotations.Nullable;

/**
 * Computes what an unpenalised fit says of its coefficients. A weight divides the variance of its
 * row, as in statsmodels' WLS and {@code var_weights} and in R; a row of weight 0 is none.
 */
public final class FitStatisticsCalculator {
  private static final double CONFIDENCE = 0.95;
  private static final int MAX_STEPS = 100;

  private final Family family;
  private final ScoredRows rows;
  private final Information information;
  private long count;
  private double weights;
  private double deviance;
  private double pearson;
  private double lowestOfPositives = Double.POSITIVE_INFINITY;
  private double highestOfNegatives = Double.NEGATIVE_INFINITY;

  private FitStatisticsCalculator(Family family, ScoredRows rows, Information information) {
    this.family = family;
    this.rows = rows;
    this.information = information;
  }

  /**
   * Computes.
   *
   * @param family of the labels
   * @param coefficients a fit without penalty, on the scale that it was fitted on, with what takes
   *     them to the original one
   * @param information at these coefficients, on the scale that they were fitted on
   * @param rows the labels, and their scores by these coefficients
   * @throws StatisticsException where there are none, with the reason
   */
  public static OutputStatistics of(
      Family family, ScaledCoefficients coefficients, Information information, ScoredRows rows)
      throws StatisticsException {
    return new FitStatisticsCalculator(family, rows, information).compute(coefficients);
  }

  private OutputStatistics compute(ScaledCoefficients coefficients) throws StatisticsException {
    rows.forEach(this::add);
    int parameters = information.parameters();
    long degreesOfFreedom = count - parameters;
    if (degreesOfFreedom <= 0) {
      throw new StatisticsException(
          String.format(
              Locale.ROOT, "%,d rows are not more than the %,d parameters", count, parameters));
    }
    if (family instanceof Family.Binomial && lowestOfPositives > highestOfNegatives) {
      throw new StatisticsException(
          "the scores tell the classes apart without an error, so that the likelihood has no maximum");
    }
    double dispersion = pearson / degreesOfFreedom;
    if (!(dispersion > 0)) {
      throw new StatisticsException("the fit has no error to estimate the coefficients' from");
    }
    Covariance covariance = Covariance.of(information, coefficients.names());
    double scale = family.isDispersionKnown() ? 1 : dispersion;
    double nullDeviance = nullDeviance();
    Double explained = nullDeviance > 0 ? 1 - deviance / nullDeviance : null;
    Double logLikelihood = family.hasLikelihood() ? logLikelihood(dispersion) : null;
    Double bic =
        logLikelihood == null ? null : Math.log((double) count) * parameters - 2 * logLikelihood;
    FitStatistics fit =
        new FitStatistics(
            family.isDispersionKnown() ? "z" : "t",
            count,
            parameters,
            degreesOfFreedom,
            dispersion,
            deviance,
            nullDeviance,
            explained,
            family instanceof Family.Gaussian && explained != null
                ? adjusted(explained, degreesOfFreedom)
                : null,
            test(nullDeviance, scale, degreesOfFreedom),
            logLikelihood,
            logLikelihood == null ? null : 2.0 * parameters - 2 * logLikelihood,
            bic,
            covariance.conditionNumber());
    return new OutputStatistics(
        fit,
        estimates(coefficients, covariance, scale, degreesOfFreedom),
        information.intercept()
            ? intercept(coefficients, covariance, scale, degreesOfFreedom)
            : null);
  }

  private void add(double target, double score, double offset, double weight) {
    if (weight == 0) {
      return;
    }
    double error = target - family.mean(score);
    count++;
    weights += weight;
    deviance += weight * family.deviance(target, score);
    pearson += weight * error * error / family.variance(score);
    if (target == 1) {
      lowestOfPositives = Math.min(lowestOfPositives, score);
    } else {
      highestOfNegatives = Math.max(highestOfNegatives, score);
    }
  }

  private double adjusted(double explained, long degreesOfFreedom) {
    long ofNull = count - (information.intercept() ? 1 : 0);
    return 1 - (1 - explained) * ofNull / degreesOfFreedom;
  }

  /** Of the normal distribution with the variance of largest likelihood, else of the dispersion. */
  private double logLikelihood(double dispersion) {
    double scale =
        family instanceof Family.Gaussian
            ? deviance / count
            : family.isDispersionKnown() ? 1 : dispersion;
    double[] sum = new double[1];
    rows.forEach(
        (target, score, offset, weight) -> {
          if (weight > 0) {
            sum[0] += family.logLikelihood(target, score, weight, scale);
          }
        });
    return sum[0];
  }

  /** The deviance of the best constant score, or of the score 0 where no intercept is fitted. */
  private double nullDeviance() {
    double constant = information.intercept() ? nullScore() : 0;
    double[] sum = new double[1];
    rows.forEach(
        (target, score, offset, weight) -> {
          if (weight > 0) {
            sum[0] += weight * family.deviance(target, offset + constant);
          }
        });
    return sum[0];
  }

  /** From the mean of the labels, which it is without offsets, by Fisher's scoring. */
  private double nullScore() {
    double[] sums = new double[2];
    rows.forEach(
        (target, score, offset, weight) -> {
          sums[0] += weight * target;
          sums[1] += weight * offset;
        });
    double constant = family.score(sums[0] / weights) - sums[1] / weights;
    for (int step = 0; step < MAX_STEPS; step++) {
      double from = constant;
      sums[0] = 0;
      sums[1] = 0;
      rows.forEach(
          (target, score, offset, weight) -> {
            double at = offset + from;
            double share = weight * family.slope(at) / family.variance(at);
            sums[0] += share * (target - family.mean(at));
            sums[1] += share * family.slope(at);
          });
      double change = sums[0] / sums[1];
      constant += change;
      if (!(Math.abs(change) > 1e-13 * Math.max(1, Math.abs(constant)))) {
        break;
      }
    }
    return constant;
  }

  private FitStatistics.@Nullable Test test(
      double nullDeviance, double scale, long degreesOfFreedom) {
    int inputs = information.inputs();
    if (inputs == 0) {
      return null;
    }
    double ratio = Math.max(0, nullDeviance - deviance) / scale;
    if (family.isDispersionKnown()) {
      return new FitStatistics.Test(
          "likelihood_ratio", ratio, inputs, Gamma.regularizedGammaQ(inputs / 2.0, ratio / 2));
    }
    double f = ratio / inputs;
    double beta = degreesOfFreedom / (degreesOfFreedom + inputs * f);
    return new FitStatistics.Test(
        "f", f, inputs, Beta.regularizedBeta(beta, degreesOfFreedom / 2.0, inputs / 2.0));
  }

  private List<Estimate> estimates(
      ScaledCoefficients coefficients, Covariance covariance, double scale, long degreesOfFreedom) {
    List<Estimate> estimates = new ArrayList<>();
    for (int input = 0; input < information.inputs(); input++) {
      double divisor = coefficients.divisors()[input];
      double error = Math.sqrt(scale * covariance.ofInput(input)) / Math.abs(divisor);
      estimates.add(
          estimate(
              coefficients.values()[input] / divisor,
              error,
              degreesOfFreedom,
              covariance.inflation(input)));
    }
    return estimates;
  }

  /** On the original scale it is the prediction where every raw input is 0. */
  private Estimate intercept(
      ScaledCoefficients coefficients, Covariance covariance, double scale, long degreesOfFreedom) {
    int inputs = information.inputs();
    double[] at = new double[inputs];
    double value = coefficients.intercept();
    for (int input = 0; input < inputs; input++) {
      at[input] = -coefficients.offsets()[input] / coefficients.divisors()[input];
      value += coefficients.values()[input] * at[input];
    }
    double error = Math.sqrt(scale * covariance.ofPredictionAt(at));
    return estimate(value, error, degreesOfFreedom, null);
  }

  private Estimate estimate(
      double value, double error, long degreesOfFreedom, @Nullable Double inflation) {
    double statistic = value / error;
    double p;
    double quantile;
    if (family.isDispersionKnown()) {
      NormalDistribution normal = new NormalDistribution();
      p = 2 * normal.cumulativeProbability(-Math.abs(statistic));
      quantile = normal.inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    } else {
      TDistribution student = new TDistribution((double) degreesOfFreedom);
      p = 2 * student.cumulativeProbability(-Math.abs(statistic));
      quantile = student.inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    }
    return new Estimate(
        error, statistic, p, value - quantile * error, value + quantile * error, inflation);
  }
}
