package dev.slope.training.secondorder;

import java.util.List;

/**
 * The exact minimum of {@code mean over rows and outputs of (x W + b - y)^2 + l2/2 |W|^2}, by the
 * normal equations in float64.
 *
 * <p>With an intercept the equations are those of the centred columns, {@code (S + l2 k/2 I) W = C}
 * with S and C the means of {@code (x - m)(x - m)'} and {@code (x - m)(y - n)'} and k the outputs,
 * and {@code b = n - m'W}; without, of the columns as they are. Where columns depend on each other
 * W has the least norm among all that fit as well.
 *
 * @param parameters {@code [inputs + 1, outputs]}, row by row, the intercepts last (0 where none is
 *     fitted)
 * @param inputs columns of X
 * @param outputs columns of Y
 * @param collinear the columns that others explain, one line each, as {@code x3 = x1 + x2}
 */
@SuppressWarnings("ArrayRecordComponent") // a result, never compared
public record LeastSquares(double[] parameters, int inputs, int outputs, List<String> collinear) {
  public LeastSquares {
    collinear = List.copyOf(collinear);
  }

  /** {@link #solve(GramSums, InputNames, double, boolean)} of inputs that are numbers. */
  static LeastSquares solve(GramSums sums, List<String> names, double l2, boolean fitIntercept) {
    return solve(sums, InputNames.ofNumbers(names), l2, fitIntercept);
  }

  /**
   * Solves.
   *
   * @param names of the inputs
   * @param l2 at least 0
   */
  public static LeastSquares solve(
      GramSums sums, InputNames names, double l2, boolean fitIntercept) {
    int inputs = sums.inputs();
    int outputs = sums.outputs();
    SymmetricMatrix moments = sums.inputMoments(fitIntercept);
    SymmetricSystem system = SymmetricSystem.factor(centredByRounding(sums, moments, fitIntercept));
    List<String> collinear = CollinearColumns.describe(system.dependent(), names, fitIntercept);
    if (l2 > 0) {
      system = SymmetricSystem.factor(moments.plusDiagonal(l2 * outputs / 2, inputs));
    }
    double[] weights = system.solve(sums.labelMoments(fitIntercept), outputs);
    double[] parameters = new double[(inputs + 1) * outputs];
    System.arraycopy(weights, 0, parameters, 0, weights.length);
    if (fitIntercept) {
      for (int output = 0; output < outputs; output++) {
        double intercept = sums.labelMean(output);
        for (int input = 0; input < inputs; input++) {
          intercept -= weights[input * outputs + output] * sums.inputMean(input);
        }
        parameters[inputs * outputs + output] = intercept;
      }
    }
    return new LeastSquares(parameters, inputs, outputs, collinear);
  }

  /**
   * A step of Newton's from here, which takes off most of what rounding has left: the equations
   * know the columns by their squares, the residuals that the gradient comes from by themselves.
   *
   * @param gradient of the objective at {@link #parameters}: of the weights, row by row, and of the
   *     intercepts where they are fitted
   */
  public LeastSquares corrected(GramSums sums, double l2, boolean fitIntercept, double[] gradient) {
    double factor = -outputs / 2.0;
    double[] right = new double[inputs * outputs];
    for (int i = 0; i < right.length; i++) {
      double ofIntercept = fitIntercept ? gradient[inputs * outputs + i % outputs] : 0;
      right[i] = factor * (gradient[i] - sums.inputMean(i / outputs) * ofIntercept);
    }
    SymmetricMatrix moments = sums.inputMoments(fitIntercept);
    SymmetricMatrix matrix =
        l2 > 0
            ? moments.plusDiagonal(l2 * outputs / 2, inputs)
            : centredByRounding(sums, moments, fitIntercept);
    double[] step = SymmetricSystem.factor(matrix).solve(right, outputs);
    double[] moved = parameters.clone();
    for (int i = 0; i < step.length; i++) {
      moved[i] += step[i];
    }
    for (int output = 0; fitIntercept && output < outputs; output++) {
      double move = factor * gradient[inputs * outputs + output];
      for (int input = 0; input < inputs; input++) {
        move -= step[input * outputs + output] * sums.inputMean(input);
      }
      moved[inputs * outputs + output] += move;
    }
    return new LeastSquares(moved, inputs, outputs, collinear);
  }

  /** The weight of an input on an output. */
  public double weight(int input, int output) {
    return parameters[input * outputs + output];
  }

  /** The intercept of an output. */
  public double intercept(int output) {
    return parameters[inputs * outputs + output];
  }

  /** Half the weights' squared norm: the l2 penalty is this times l2. */
  public double halfSquaredNorm() {
    double sum = 0;
    for (int i = 0; i < inputs * outputs; i++) {
      sum += parameters[i] * parameters[i];
    }
    return sum / 2;
  }

  /** A constant column's variance is rounding of its mean: exactly 0, so that it is named. */
  private static SymmetricMatrix centredByRounding(
      GramSums sums, SymmetricMatrix moments, boolean centred) {
    if (!centred) {
      return moments;
    }
    int size = moments.size();
    double[] values = moments.values();
    for (int i = 0; i < size; i++) {
      double mean = sums.inputMean(i);
      if (values[i * size + i] <= 1e-28 * mean * mean) {
        for (int j = 0; j < size; j++) {
          values[i * size + j] = 0;
          values[j * size + i] = 0;
        }
      }
    }
    return SymmetricMatrix.of(size, values);
  }
}
