package dev.slope.training.secondorder;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * What the curvature of an objective says about the learning rates of full-batch gradient descent,
 * over weights and intercept together as they are trained.
 *
 * @param largestEigenvalue L of the Hessian, or an upper bound of it; at least 0
 * @param smallestEigenvalue m, the smallest above the rank tolerance; equal to L where nothing else
 *     is known
 * @param isQuadratic whether the objective is squared loss with no more than an l2 penalty: then L
 *     and m hold everywhere, and what exceeds the bound diverges
 */
public record LearningRateBound(
    double largestEigenvalue, double smallestEigenvalue, boolean isQuadratic) {
  /** A rate this much above the bound may still be the bound rounded to float32. */
  private static final double ROUNDING = 1e-6;

  /**
   * Squared loss: the Hessian of each output is {@code 2/k [X 1]'W[X 1] / sum(w) + l2} on the
   * weights, k the outputs.
   *
   * @param hasL1 whether there is an l1 penalty, which is not smooth
   */
  public static LearningRateBound ofSquaredLoss(
      GramSums sums, boolean fitIntercept, double l2, boolean hasL1) {
    return of(hessian(sums, fitIntercept, l2), !hasL1);
  }

  /**
   * Any loss with bounded curvature: {@code curvatureBound * L([X 1]'W[X 1] / sum(w)) + l2}.
   *
   * @param curvatureBound the largest second derivative of a row's loss by its scores
   */
  public static LearningRateBound ofCurvature(
      GramSums sums, boolean fitIntercept, double l2, double curvatureBound) {
    double[] eigenvalues = Eigenvalues.of(sums.meanProducts(fitIntercept));
    return ofLargest(curvatureBound * Math.max(0, eigenvalues[eigenvalues.length - 1]) + l2);
  }

  /** Where only a bound of the largest eigenvalue is known. */
  public static LearningRateBound ofLargest(double largestEigenvalue) {
    return new LearningRateBound(largestEigenvalue, largestEigenvalue, false);
  }

  /** The Hessian of one output of squared loss with its l2 penalty. */
  public static SymmetricMatrix hessian(GramSums sums, boolean fitIntercept, double l2) {
    double factor = 2.0 / sums.outputs();
    return sums.meanProducts(fitIntercept)
        .map(value -> factor * value)
        .plusDiagonal(l2, sums.inputs());
  }

  static LearningRateBound of(SymmetricMatrix hessian, boolean isQuadratic) {
    double[] eigenvalues = Eigenvalues.of(hessian);
    double largest = Math.max(0, eigenvalues[eigenvalues.length - 1]);
    double rankTolerance = 8 * hessian.size() * Math.ulp(largest);
    double smallest = largest;
    for (double value : eigenvalues) {
      if (value > rankTolerance) {
        smallest = value;
        break;
      }
    }
    return new LearningRateBound(largest, smallest, isQuadratic);
  }

  /**
   * The rate at and above which no descent on a quadratic converges: {@code 2 / L}; infinite where
   * nothing is curved.
   */
  public double largestStableRate() {
    return largestEigenvalue == 0 ? Double.POSITIVE_INFINITY : 2 / largestEigenvalue;
  }

  /**
   * The rate of {@code learning_rate: auto}: {@code 2 / (L + m)}, the fastest constant rate on a
   * quadratic; {@code 1 / L} elsewhere, where every step is sure to descend; 1 where nothing is
   * curved.
   */
  public double automaticRate() {
    if (largestEigenvalue == 0) {
      return 1;
    }
    return isQuadratic ? 2 / (largestEigenvalue + smallestEigenvalue) : 1 / largestEigenvalue;
  }

  /** L / m: the error of the best constant rate shrinks by {@code (c - 1) / (c + 1)} an epoch. */
  public double conditionNumber() {
    return largestEigenvalue / smallestEigenvalue;
  }

  /** Whether plain gradient descent at this constant rate is sure to diverge. */
  public boolean mustDiverge(double learningRate) {
    return isQuadratic && learningRate > largestStableRate() * (1 + ROUNDING);
  }

  /**
   * The message for a rate that must diverge.
   *
   * @param standardized whether all features are already on a standard scale
   */
  public String refusal(double learningRate, boolean standardized) {
    String advice =
        standardized
            ? "use 'auto' or a smaller number"
            : "use 'auto', a smaller number, or standardise the features ('scaling': 'standard'),"
                + " which allows larger steps";
    return String.format(
        Locale.ROOT,
        "/training/optimizer/learning_rate must be below %s, the largest at which gradient descent"
            + " on this data is stable, but was %s: it is sure to diverge; %s, or set"
            + " /training/allow_divergence to true to watch it",
        roundedDown(largestStableRate()),
        Double.toString(learningRate),
        advice);
  }

  /** To four digits and never above: what the message names must itself be stable. */
  private static String roundedDown(double value) {
    return new BigDecimal(value)
        .round(new MathContext(4, RoundingMode.DOWN))
        .stripTrailingZeros()
        .toString();
  }
}
