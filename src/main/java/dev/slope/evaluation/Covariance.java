package dev.slope.evaluation;

import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/** The covariance of coefficients, in units of the dispersion: the inverse of the information. */
final class Covariance {
  /** Of a column of unit length, the squared part that no other explains: less is rounding. */
  private static final double TOLERANCE = 1e-12;

  private final Information information;
  private final double[] inverse;

  private Covariance(Information information, double[] inverse) {
    this.information = information;
    this.inverse = inverse;
  }

  /**
   * Inverts.
   *
   * @param names of the inputs
   * @throws StatisticsException where an input depends on others
   */
  static Covariance of(Information information, List<String> names) throws StatisticsException {
    int size = information.inputs();
    double[] scale = new double[size];
    for (int i = 0; i < size; i++) {
      double diagonal = information.scatter()[i * size + i];
      if (!(diagonal > 0)) {
        throw new StatisticsException(
            information.intercept()
                ? names.get(i) + " is constant"
                : names.get(i) + " is 0 in every row");
      }
      scale[i] = 1 / Math.sqrt(diagonal);
    }
    double[] lower = cholesky(information, scale, names);
    double[] inverse = inverse(lower, size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        inverse[i * size + j] *= scale[i] * scale[j];
      }
    }
    return new Covariance(information, inverse);
  }

  /** The lower factor of the columns scaled to unit length. */
  private static double[] cholesky(Information information, double[] scale, List<String> names)
      throws StatisticsException {
    int size = scale.length;
    double[] lower = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = information.scatter()[i * size + j] * scale[i] * scale[j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i * size + k] * lower[j * size + k];
        }
        if (i == j) {
          if (!(sum > TOLERANCE)) {
            throw new StatisticsException(
                names.get(i) + " depends on the features before it: they are collinear");
          }
          lower[i * size + i] = Math.sqrt(sum);
        } else {
          lower[i * size + j] = sum / lower[j * size + j];
        }
      }
    }
    return lower;
  }

  /** The inverse of {@code L L'}. */
  private static double[] inverse(double[] lower, int size) {
    double[] ofLower = new double[size * size];
    for (int column = 0; column < size; column++) {
      ofLower[column * size + column] = 1 / lower[column * size + column];
      for (int row = column + 1; row < size; row++) {
        double sum = 0;
        for (int k = column; k < row; k++) {
          sum -= lower[row * size + k] * ofLower[k * size + column];
        }
        ofLower[row * size + column] = sum / lower[row * size + row];
      }
    }
    double[] inverse = new double[size * size];
    for (int k = 0; k < size; k++) {
      for (int i = 0; i <= k; i++) {
        double left = ofLower[k * size + i];
        for (int j = 0; j <= k; j++) {
          inverse[i * size + j] += left * ofLower[k * size + j];
        }
      }
    }
    return inverse;
  }

  /** The variance of a coefficient. */
  double ofInput(int input) {
    return inverse[input * information.inputs() + input];
  }

  /**
   * The variance of the prediction where the inputs have some values: of the intercept, where they
   * are 0.
   */
  double ofPredictionAt(double[] inputs) {
    int size = information.inputs();
    double variance = 1 / information.weight();
    for (int i = 0; i < size; i++) {
      double fromMean = inputs[i] - information.means()[i];
      for (int j = 0; j < size; j++) {
        variance += fromMean * inverse[i * size + j] * (inputs[j] - information.means()[j]);
      }
    }
    return variance;
  }

  /** By how much the other inputs multiply the variance of a coefficient. */
  double inflation(int input) {
    return ofInput(input) * information.scatter()[input * information.inputs() + input];
  }

  /** The largest singular value of the weighted rows, intercept included, over the smallest. */
  double conditionNumber() {
    int inputs = information.inputs();
    int size = information.parameters();
    double weight = information.weight();
    double[] means = information.means();
    double[][] products = new double[size][size];
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j <= i; j++) {
        products[i][j] = information.scatter()[i * inputs + j];
        if (information.intercept()) {
          products[i][j] += weight * means[i] * means[j];
        }
        // Computed the other way around it may be rounded otherwise.
        products[j][i] = products[i][j];
      }
      if (information.intercept()) {
        products[i][inputs] = weight * means[i];
        products[inputs][i] = weight * means[i];
      }
    }
    if (information.intercept()) {
      products[inputs][inputs] = weight;
    }
    double[] eigenvalues =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(products, false)).getEigenvalues();
    return Math.sqrt(eigenvalues[0] / eigenvalues[size - 1]);
  }
}
