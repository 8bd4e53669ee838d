package dev.slope.training.secondorder;

import java.util.SplittableRandom;

/**
 * Rows of three Gaussian columns whose class has the odds {@code exp(x0 - 2 x1 + 0.5 x2 + 0.3)}.
 *
 * @param x row by row
 * @param y 0 or 1
 */
@SuppressWarnings("ArrayRecordComponent") // test data
record Classes(double[] x, double[] y) {
  static Classes draw(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] x = Samples.gaussians(random, rows * 3);
    double[] y = new double[rows];
    for (int row = 0; row < rows; row++) {
      double score = x[row * 3] - 2 * x[row * 3 + 1] + 0.5 * x[row * 3 + 2] + 0.3;
      y[row] = random.nextDouble() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
    }
    return new Classes(x, y);
  }

  SecondOrderRows rows() {
    return Samples.rows(Samples.matrix(3, x), Samples.matrix(1, y));
  }
}
