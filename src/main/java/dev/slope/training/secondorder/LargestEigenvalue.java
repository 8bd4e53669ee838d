package dev.slope.training.secondorder;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * The largest eigenvalue of a positive semidefinite matrix that is known only by its products with
 * vectors, by power iteration with Lanczos' quotient: for so many columns that the matrix itself is
 * too much.
 */
final class LargestEigenvalue {
  private static final int MAX_PRODUCTS = 60;
  private static final double RELATIVE_TOLERANCE = 1e-4;

  private LargestEigenvalue() {}

  /**
   * An upper estimate: the last Ritz value and the norm of its residual, which together bound an
   * eigenvalue, from a start of fixed random numbers. Within {@value #RELATIVE_TOLERANCE} or as
   * near as {@value #MAX_PRODUCTS} products come.
   *
   * @param product of the matrix and a vector of {@code size} values
   */
  static double of(int size, UnaryOperator<double[]> product) {
    int steps = Math.min(size, MAX_PRODUCTS);
    double[][] basis = new double[steps][];
    double[] diagonal = new double[steps];
    double[] beside = new double[steps];
    basis[0] = start(size);
    for (int step = 0; step < steps; step++) {
      double[] next = product.apply(basis[step]).clone();
      diagonal[step] = Vectors.dot(basis[step], next);
      // Twice: once leaves as much as it takes where the space is nearly exhausted.
      for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i <= step; i++) {
          Vectors.add(next, -Vectors.dot(basis[i], next), basis[i]);
        }
      }
      double norm = Math.sqrt(Vectors.dot(next, next));
      Ritz ritz = ritz(diagonal, beside, step + 1);
      double residual = norm * Math.abs(ritz.lastComponent());
      if (residual <= RELATIVE_TOLERANCE * ritz.value() || step + 1 == steps) {
        return ritz.value() + residual;
      }
      beside[step] = norm;
      basis[step + 1] = Vectors.scaled(1 / norm, next);
    }
    throw new AssertionError("no step");
  }

  private record Ritz(double value, double lastComponent) {}

  /** The largest eigenpair of the tridiagonal matrix, by TensorFlow's full decomposition. */
  private static Ritz ritz(double[] diagonal, double[] beside, int size) {
    double[] values = new double[size * size];
    for (int i = 0; i < size; i++) {
      values[i * size + i] = diagonal[i];
      if (i + 1 < size) {
        values[i * size + i + 1] = beside[i];
        values[(i + 1) * size + i] = beside[i];
      }
    }
    double[] eigenvalues = Eigenvalues.of(SymmetricMatrix.of(size, values));
    double largest = eigenvalues[size - 1];
    // The components of its eigenvector follow from the rows, the first chosen freely.
    double[] vector = new double[size];
    vector[0] = 1;
    for (int i = 0; i + 1 < size; i++) {
      double before = i == 0 ? 0 : beside[i - 1] * vector[i - 1];
      vector[i + 1] = ((largest - diagonal[i]) * vector[i] - before) / beside[i];
    }
    return new Ritz(largest, vector[size - 1] / Math.sqrt(Vectors.dot(vector, vector)));
  }

  private static double[] start(int size) {
    SplittableRandom random = new SplittableRandom(0);
    double[] vector = new double[size];
    for (int i = 0; i < size; i++) {
      vector[i] = random.nextDouble() - 0.5;
    }
    return Vectors.scaled(1 / Math.sqrt(Vectors.dot(vector, vector)), vector);
  }
}
