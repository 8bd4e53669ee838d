package dev.slope.training.secondorder;

import dev.slope.config.Precision;
import java.util.Optional;

/**
 * What least squares needs to know of the rows, in float64: the weighted sums {@code X'WX}, {@code
 * X'WY} and {@code Y'WY}, kept as means and centred sums of products so that neither large means
 * nor many rows cost digits. Sums of disjoint rows are merged by the pairwise update of Chan, Golub
 * and LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing Sample Variances" (1979).
 * Immutable.
 */
public final class GramSums {
  /** Sums must tell six digits of what is computed from them. */
  private static final double DIGITS = 1e-6;

  /** Columns that share less with each other leave the solution all digits but two. */
  private static final double LEAST_APART = 1e-2;

  private final int inputs;
  private final int outputs;
  private final Precision precision;
  private final double weight;
  private final double[] means;
  private final double[] scatter;

  private GramSums(
      int inputs,
      int outputs,
      Precision precision,
      double weight,
      double[] means,
      double[] scatter) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.precision = precision;
    this.weight = weight;
    this.means = means;
    this.scatter = scatter;
  }

  /** The sums of no row. */
  public static GramSums empty(int inputs, int outputs) {
    int columns = inputs + outputs;
    return new GramSums(
        inputs, outputs, Precision.FLOAT64, 0, new double[columns], new double[columns * columns]);
  }

  /**
   * Sums about a point near the mean, centred.
   *
   * @param precision of the products of a few rows each
   * @param shift the point: one value a column, inputs first
   * @param products row by row, the weighted sum over rows of {@code z z'}, where z is the row's
   *     columns less the shift, and a 1 at the end
   */
  static GramSums shifted(
      int inputs, int outputs, Precision precision, double[] shift, double[] products) {
    int columns = inputs + outputs;
    int stride = columns + 1;
    double weight = products[columns * stride + columns];
    if (weight == 0) {
      return empty(inputs, outputs);
    }
    double[] means = new double[columns];
    double[] scatter = new double[columns * columns];
    for (int row = 0; row < columns; row++) {
      double sum = products[row * stride + columns];
      means[row] = shift[row] + sum / weight;
      for (int column = 0; column <= row; column++) {
        double centred =
            products[row * stride + column] - sum * (products[column * stride + columns] / weight);
        scatter[row * columns + column] = centred;
        scatter[column * columns + row] = centred;
      }
    }
    return new GramSums(inputs, outputs, precision, weight, means, scatter);
  }

  /** The sums of these rows and others. */
  public GramSums merge(GramSums other) {
    if (other.inputs != inputs || other.outputs != outputs) {
      throw new IllegalArgumentException(
          "sums to merge must be of %d inputs and %d outputs, but were of %d and %d"
              .formatted(inputs, outputs, other.inputs, other.outputs));
    }
    if (other.weight == 0) {
      return this;
    }
    if (weight == 0) {
      return other;
    }
    int columns = inputs + outputs;
    double total = weight + other.weight;
    double share = other.weight / total;
    double[] mergedMeans = new double[columns];
    double[] apart = new double[columns];
    for (int i = 0; i < columns; i++) {
      apart[i] = other.means[i] - means[i];
      mergedMeans[i] = means[i] + share * apart[i];
    }
    double[] mergedScatter = new double[columns * columns];
    for (int row = 0; row < columns; row++) {
      double factor = weight * share * apart[row];
      for (int column = 0; column < columns; column++) {
        int at = row * columns + column;
        mergedScatter[at] = scatter[at] + other.scatter[at] + factor * apart[column];
      }
    }
    return new GramSums(
        inputs,
        outputs,
        precision == other.precision ? precision : Precision.FLOAT32,
        total,
        mergedMeans,
        mergedScatter);
  }

  /**
   * The sums of the same rows with inputs on another scale, {@code input * factor + shift}.
   *
   * @param factor one an input
   * @param shift one an input
   */
  public GramSums scaled(double[] factor, double[] shift) {
    if (factor.length != inputs || shift.length != inputs) {
      throw new IllegalArgumentException(
          "there must be a factor and a shift for each of %d inputs, but there were %d and %d"
              .formatted(inputs, factor.length, shift.length));
    }
    int columns = inputs + outputs;
    double[] scaledMeans = means.clone();
    double[] scaledScatter = scatter.clone();
    for (int row = 0; row < columns; row++) {
      double ofRow = row < inputs ? factor[row] : 1;
      if (row < inputs) {
        scaledMeans[row] = means[row] * ofRow + shift[row];
      }
      for (int column = 0; column < columns; column++) {
        scaledScatter[row * columns + column] *= ofRow * (column < inputs ? factor[column] : 1);
      }
    }
    return new GramSums(inputs, outputs, precision, weight, scaledMeans, scaledScatter);
  }

  /**
   * The weighted sums of squared residuals {@code y - x W - b}, one an output; empty where the fit
   * is so good that they would cancel, and a pass over the rows must tell.
   *
   * @param parameters {@code [inputs + 1, outputs]}, row by row, the intercepts last
   */
  public Optional<double[]> squaredResiduals(double[] parameters) {
    double[] residuals = new double[outputs];
    for (int output = 0; output < outputs; output++) {
      double sum = 0;
      double terms = 0;
      double mean = labelMean(output) - parameters[inputs * outputs + output];
      for (int i = 0; i <= inputs; i++) {
        double left = i == inputs ? 1 : -parameters[i * outputs + output];
        for (int j = 0; j <= inputs; j++) {
          double right = j == inputs ? 1 : -parameters[j * outputs + output];
          double term =
              left * right * scatter(i == inputs ? i + output : i, j == inputs ? j + output : j);
          sum += term;
          terms += Math.abs(term);
        }
        mean += i == inputs ? 0 : left * means[i];
      }
      residuals[output] = sum + weight * mean * mean;
      if (!(sum * DIGITS >= rounding() * terms)) {
        return Optional.empty();
      }
    }
    return Optional.of(residuals);
  }

  /**
   * Whether they tell the least squares solution as well as float32 holds it; where not, sums of
   * products in float64 must.
   *
   * @param fitIntercept whether the columns are centred
   */
  public boolean isEnough(boolean fitIntercept) {
    return precision == Precision.FLOAT64
        || SymmetricSystem.factor(inputMoments(fitIntercept)).smallestPivot() >= LEAST_APART;
  }

  /**
   * How much of the largest terms rounding may be. Products in float32 are sums of 256 terms, whose
   * roundings, each half a unit of 2^-23 or less, grow as the square root of their number and
   * average out over the products.
   */
  private double rounding() {
    return precision == Precision.FLOAT64 ? 1e-12 : 1e-8;
  }

  /** How many columns X has. */
  public int inputs() {
    return inputs;
  }

  /** How many columns Y has. */
  public int outputs() {
    return outputs;
  }

  /** The sum of the row weights; the number of rows where there are none. */
  public double weight() {
    return weight;
  }

  /** The weighted mean of an input. */
  public double inputMean(int input) {
    return means[input];
  }

  /** The weighted mean of a label. */
  public double labelMean(int output) {
    return means[inputs + output];
  }

  /** The weighted sums of {@code (x - m)(x - m)'}, {@code [inputs, inputs]}, row by row. */
  public double[] inputScatter() {
    double[] sums = new double[inputs * inputs];
    for (int row = 0; row < inputs; row++) {
      System.arraycopy(scatter, row * (inputs + outputs), sums, row * inputs, inputs);
    }
    return sums;
  }

  /** The weighted variance of an input, population form. */
  public double inputVariance(int input) {
    return scatter(input, input) / weight;
  }

  /** The weighted variance of a label, population form. */
  public double labelVariance(int output) {
    return scatter(inputs + output, inputs + output) / weight;
  }

  /** The means of all columns, inputs first. */
  double[] means() {
    return means.clone();
  }

  /**
   * The mean over rows of {@code a a'}, where a is a row's inputs, with a 1 at the end where there
   * is an intercept: {@code [X 1]'W[X 1] / sum(w)}.
   */
  public SymmetricMatrix meanProducts(boolean fitIntercept) {
    int size = inputs + (fitIntercept ? 1 : 0);
    double[] products = new double[size * size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        products[row * size + column] =
            row == inputs || column == inputs
                ? mean(row) * mean(column)
                : scatter(row, column) / weight + means[row] * means[column];
      }
    }
    return SymmetricMatrix.of(size, products);
  }

  /**
   * The mean over rows of {@code (x - m)(x - m)'}; m is the mean, or 0 where nothing is centred.
   */
  SymmetricMatrix inputMoments(boolean centred) {
    double[] moments = new double[inputs * inputs];
    for (int row = 0; row < inputs; row++) {
      for (int column = 0; column < inputs; column++) {
        moments[row * inputs + column] = moment(row, column, centred);
      }
    }
    return SymmetricMatrix.of(inputs, moments);
  }

  /** The mean over rows of {@code (x - m)(y - n)'}, {@code [inputs, outputs]}, row by row. */
  double[] labelMoments(boolean centred) {
    double[] moments = new double[inputs * outputs];
    for (int input = 0; input < inputs; input++) {
      for (int output = 0; output < outputs; output++) {
        moments[input * outputs + output] = moment(input, inputs + output, centred);
      }
    }
    return moments;
  }

  private double moment(int row, int column, boolean centred) {
    double moment = scatter(row, column) / weight;
    return centred ? moment : moment + means[row] * means[column];
  }

  private double scatter(int row, int column) {
    return scatter[row * (inputs + outputs) + column];
  }

  private double mean(int column) {
    return column == inputs ? 1 : means[column];
  }
}
