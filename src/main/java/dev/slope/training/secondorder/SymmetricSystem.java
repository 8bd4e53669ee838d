package dev.slope.training.secondorder;

import java.util.ArrayList;
import java.util.List;

/**
 * Solves {@code A x = b} for a symmetric matrix that is positive semidefinite but for rounding, by
 * {@code L D L'} of the matrix scaled to a unit diagonal. Columns are taken in their order; one
 * whose remaining pivot, the share of it that the columns before it don't explain, is below {@link
 * #TOLERANCE} depends on them: it is left out, and how it depends is known. Where there are such
 * columns the solution is the one of least Euclidean norm.
 */
final class SymmetricSystem {
  /**
   * Columns of float32 that depend on each other leave about 1e-14 of themselves; 1e-12 is a
   * multiple correlation of 0.9999999999995.
   */
  static final double TOLERANCE = 1e-12;

  private final int size;
  private final double[] scale;

  /** The upper triangle of D L', row by row; rows of dependent columns are unused. */
  private final double[] upper;

  private final boolean[] dependent;
  private final List<Dependency> dependencies;

  /**
   * A column that others explain.
   *
   * @param column its index
   * @param coefficients one for each column: {@code column = sum of coefficients * columns}; 0 for
   *     itself and all after it
   */
  @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
  record Dependency(int column, double[] coefficients) {}

  private SymmetricSystem(int size, double[] scale, double[] upper, boolean[] dependent) {
    this.size = size;
    this.scale = scale;
    this.upper = upper;
    this.dependent = dependent;
    this.dependencies = dependencies();
  }

  /** Factors a matrix. A column of zeros depends on nothing: all its coefficients are 0. */
  static SymmetricSystem factor(SymmetricMatrix matrix) {
    int size = matrix.size();
    double[] scale = new double[size];
    for (int i = 0; i < size; i++) {
      double diagonal = matrix.get(i, i);
      scale[i] = diagonal > 0 ? 1 / Math.sqrt(diagonal) : 0;
    }
    double[] upper = new double[size * size];
    for (int row = 0; row < size; row++) {
      for (int column = row; column < size; column++) {
        upper[row * size + column] = matrix.get(row, column) * scale[row] * scale[column];
      }
    }
    boolean[] dependent = new boolean[size];
    for (int pivot = 0; pivot < size; pivot++) {
      double diagonal = upper[pivot * size + pivot];
      if (!(diagonal > TOLERANCE)) {
        dependent[pivot] = true;
        continue;
      }
      for (int row = pivot + 1; row < size; row++) {
        double factor = upper[pivot * size + row] / diagonal;
        for (int column = row; column < size; column++) {
          upper[row * size + column] -= factor * upper[pivot * size + column];
        }
      }
    }
    return new SymmetricSystem(size, scale, upper, dependent);
  }

  /**
   * The least share of a column that those before it don't explain: 1 where all are orthogonal, 0
   * where one depends on others.
   */
  double smallestPivot() {
    double smallest = 1;
    for (int i = 0; i < size; i++) {
      smallest = Math.min(smallest, dependent[i] ? 0 : upper[i * size + i]);
    }
    return smallest;
  }

  /** The columns that others explain, in order; none where the matrix has full rank. */
  List<Dependency> dependent() {
    return dependencies;
  }

  /**
   * The solution of least norm.
   *
   * @param right {@code [size, columns]}, row by row, in the range of the matrix
   */
  double[] solve(double[] right, int columns) {
    double[] solution = new double[size * columns];
    for (int column = 0; column < columns; column++) {
      double[] one = new double[size];
      for (int i = 0; i < size; i++) {
        one[i] = right[i * columns + column];
      }
      double[] solved = leastNorm(basic(one));
      for (int i = 0; i < size; i++) {
        solution[i * columns + column] = solved[i];
      }
    }
    return solution;
  }

  /** The solution whose dependent columns are 0. */
  private double[] basic(double[] right) {
    double[] solution = new double[size];
    for (int i = 0; i < size; i++) {
      solution[i] = right[i] * scale[i];
    }
    for (int pivot = 0; pivot < size; pivot++) {
      if (!dependent[pivot]) {
        double factor = solution[pivot] / upper[pivot * size + pivot];
        for (int i = pivot + 1; i < size; i++) {
          solution[i] -= factor * upper[pivot * size + i];
        }
      }
    }
    backSubstitute(solution);
    for (int i = 0; i < size; i++) {
      solution[i] *= scale[i];
    }
    return solution;
  }

  private void backSubstitute(double[] values) {
    for (int pivot = size - 1; pivot >= 0; pivot--) {
      if (dependent[pivot]) {
        values[pivot] = 0;
        continue;
      }
      double sum = values[pivot];
      for (int i = pivot + 1; i < size; i++) {
        sum -= upper[pivot * size + i] * values[i];
      }
      values[pivot] = sum / upper[pivot * size + pivot];
    }
  }

  /** Takes off what lies in the null space, which the dependencies span. */
  private double[] leastNorm(double[] solution) {
    int count = dependencies.size();
    if (count == 0) {
      return solution;
    }
    List<double[]> basis = new ArrayList<>();
    for (Dependency dependency : dependencies) {
      double[] direction = dependency.coefficients().clone();
      direction[dependency.column()] = -1;
      basis.add(direction);
    }
    double[] products = new double[count * count];
    double[] right = new double[count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        products[i * count + j] = Vectors.dot(basis.get(i), basis.get(j));
      }
      right[i] = Vectors.dot(basis.get(i), solution);
    }
    double[] shares = factor(SymmetricMatrix.of(count, products)).basic(right);
    double[] least = solution.clone();
    for (int i = 0; i < count; i++) {
      Vectors.add(least, -shares[i], basis.get(i));
    }
    return least;
  }

  private List<Dependency> dependencies() {
    List<Dependency> found = new ArrayList<>();
    for (int column = 0; column < size; column++) {
      if (dependent[column]) {
        double[] coefficients = new double[size];
        for (int row = 0; row < column; row++) {
          coefficients[row] = upper[row * size + column];
        }
        backSubstitute(coefficients);
        for (int row = 0; row < column; row++) {
          coefficients[row] =
              scale[column] == 0 ? 0 : coefficients[row] * scale[row] / scale[column];
        }
        found.add(new Dependency(column, coefficients));
      }
    }
    return List.copyOf(found);
  }
}
