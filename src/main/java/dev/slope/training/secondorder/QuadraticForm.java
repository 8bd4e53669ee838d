package dev.slope.training.secondorder;

/**
 * Squared loss with its l2 penalty as a function of the parameters alone, all that the gram plan's
 * loop needs: with B the parameters {@code [size, outputs]} (the weights, then a row of intercepts
 * where one is fitted) and B* the optimum,
 *
 * <pre>
 * loss(B)     = loss* + 1/2 sum over outputs of (b - b*)' H (b - b*)
 * gradient(B) = H (B - B*)
 * H           = 2/k [X 1]'W[X 1] / sum(w) + l2 on the weights,   k outputs
 * </pre>
 *
 * <p>Neither cancels: loss* comes from a pass over the residuals, and the rest is a sum of squares
 * in the eigenvectors of H.
 *
 * @param hessian H, {@code [size, size]}; every output has the same
 * @param optimum B*, {@code [size, outputs]}, row by row; of least norm where columns are collinear
 * @param optimalLoss loss*, the penalty included
 * @param inputs how many rows of B are weights
 * @param outputs columns of B
 */
@SuppressWarnings("ArrayRecordComponent") // arrays for a graph, never compared
public record QuadraticForm(
    SymmetricMatrix hessian, double[] optimum, double optimalLoss, int inputs, int outputs) {

  /**
   * The form of some rows.
   *
   * @param solution the least squares solution with the same l2 and intercept
   * @param squaredResiduals of the solution: the weighted sum over rows, one an output
   */
  public static QuadraticForm of(
      GramSums sums,
      LeastSquares solution,
      double[] squaredResiduals,
      double l2,
      boolean fitIntercept) {
    double residual = 0;
    for (double sum : squaredResiduals) {
      residual += sum;
    }
    SymmetricMatrix hessian = LearningRateBound.hessian(sums, fitIntercept, l2);
    double[] optimum = new double[hessian.size() * sums.outputs()];
    System.arraycopy(solution.parameters(), 0, optimum, 0, optimum.length);
    double loss = residual / (sums.weight() * sums.outputs()) + l2 * solution.halfSquaredNorm();
    return new QuadraticForm(hessian, optimum, loss, sums.inputs(), sums.outputs());
  }

  /** The loss of parameters {@code [size, outputs]}, row by row. */
  public double loss(double[] parameters) {
    double[] apart = Vectors.minus(parameters, optimum);
    return optimalLoss + Vectors.dot(apart, hessian.multiply(apart, outputs)) / 2;
  }

  /** Its gradient, as the parameters. */
  public double[] gradient(double[] parameters) {
    return hessian.multiply(Vectors.minus(parameters, optimum), outputs);
  }
}
