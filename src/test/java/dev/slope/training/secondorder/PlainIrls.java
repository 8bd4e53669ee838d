package dev.slope.training.secondorder;

/** The second implementation of logistic regression: textbook IRLS in float64. */
final class PlainIrls {
  private PlainIrls() {}

  /**
   * Weights, then the intercept, after so many full Newton steps that more change nothing.
   *
   * @param x row by row
   * @param y 0 or 1
   */
  static double[] fit(double[] x, double[] y, double[] rowWeights, int columns, double l2) {
    int size = columns + 1;
    double[] beta = new double[size];
    double total = 0;
    for (double weight : rowWeights) {
      total += weight;
    }
    for (int step = 0; step < 25; step++) {
      double[][] system = new double[size][size + 1];
      for (int row = 0; row < y.length; row++) {
        double[] extended = new double[size];
        System.arraycopy(x, row * columns, extended, 0, columns);
        extended[columns] = 1;
        double score = 0;
        for (int i = 0; i < size; i++) {
          score += extended[i] * beta[i];
        }
        double mean = 1 / (1 + Math.exp(-score));
        for (int i = 0; i < size; i++) {
          system[i][size] += rowWeights[row] / total * (y[row] - mean) * extended[i];
          for (int j = 0; j < size; j++) {
            system[i][j] += rowWeights[row] / total * mean * (1 - mean) * extended[i] * extended[j];
          }
        }
      }
      for (int i = 0; i < columns; i++) {
        system[i][i] += l2;
        system[i][size] -= l2 * beta[i];
      }
      eliminate(system);
      for (int i = 0; i < size; i++) {
        beta[i] += system[i][size];
      }
    }
    return beta;
  }

  /** Gauss and Jordan; the solution ends in the last column. */
  private static void eliminate(double[][] system) {
    int size = system.length;
    for (int pivot = 0; pivot < size; pivot++) {
      double diagonal = system[pivot][pivot];
      for (int j = 0; j <= size; j++) {
        system[pivot][j] /= diagonal;
      }
      for (int i = 0; i < size; i++) {
        if (i != pivot) {
          double factor = system[i][pivot];
          for (int j = 0; j <= size; j++) {
            system[i][j] -= factor * system[pivot][j];
          }
        }
      }
    }
  }
}
