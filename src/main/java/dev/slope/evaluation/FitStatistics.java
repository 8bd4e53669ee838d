package dev.slope.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an unpenalised fit beyond its coefficients.
 *
 * @param statistic that the coefficients' p-values and intervals are of: {@code t} where the
 *     dispersion is estimated, else {@code z}
 * @param rows with a weight above 0
 * @param parameters the intercept included where it is fitted
 * @param degreesOfFreedom rows less parameters
 * @param dispersion Pearson's chi-squared over the degrees of freedom: of linear_regression the
 *     residual variance; of counts and classes, whose dispersion is taken to be 1, well above 1
 *     where they vary more than their distribution says
 * @param deviance of the fit: of linear_regression the sum of squared errors
 * @param nullDeviance of the fit without features
 * @param explained the part of it that the features take away: of linear_regression r2
 * @param adjustedR2 of linear_regression; absent of others
 * @param test whether the features together explain more than chance would; absent without features
 * @param logLikelihood absent where the distribution has no formula for it
 * @param aic {@code 2 parameters - 2 logLikelihood}
 * @param bic {@code parameters log(rows) - 2 logLikelihood}
 * @param conditionNumber of the inputs on the scale that the model trains on, each row times the
 *     root of its weight in the information: how many times a relative change of the data may be
 *     magnified in the coefficients
 */
public record FitStatistics(
    String statistic,
    long rows,
    int parameters,
    long degreesOfFreedom,
    double dispersion,
    double deviance,
    double nullDeviance,
    @Nullable Double explained,
    @Nullable Double adjustedR2,
    @Nullable Test test,
    @Nullable Double logLikelihood,
    @Nullable Double aic,
    @Nullable Double bic,
    double conditionNumber) {
  /**
   * Of all features against none.
   *
   * @param name {@code f} where the dispersion is estimated, else {@code likelihood_ratio}, which
   *     has a chi-squared distribution
   * @param numerator degrees of freedom: how many inputs
   */
  public record Test(String name, double statistic, int numerator, double pValue) {}
}
