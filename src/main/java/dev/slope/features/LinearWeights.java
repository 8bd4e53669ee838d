package dev.slope.features;

import java.util.List;

/** The parameters of a linear model: {@code score = x W + b}. Immutable. */
public final class LinearWeights {
  private final List<String> inputs;
  private final List<String> outputs;
  private final double[] weights;
  private final double[] intercepts;

  /**
   * The parameters of a model.
   *
   * @param inputs the names of the rows of W
   * @param outputs the names of the columns of W
   * @param weights W, row by row: {@code inputs x outputs}
   * @param intercepts b, one an output
   */
  public LinearWeights(
      List<String> inputs, List<String> outputs, double[] weights, double[] intercepts) {
    if (weights.length != inputs.size() * outputs.size() || intercepts.length != outputs.size()) {
      throw new IllegalArgumentException(
          "weights must be %d x %d with %d intercepts, but were %d with %d"
              .formatted(
                  inputs.size(),
                  outputs.size(),
                  outputs.size(),
                  weights.length,
                  intercepts.length));
    }
    this.inputs = InputNameList.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.weights = weights.clone();
    this.intercepts = intercepts.clone();
  }

  /** The names of the rows of W. */
  public List<String> inputs() {
    return inputs;
  }

  /** The names of the columns of W. */
  public List<String> outputs() {
    return outputs;
  }

  /** The weight of one input on one output. */
  public double weight(int input, int output) {
    return weights[input * outputs.size() + output];
  }

  /** The intercept of one output. */
  public double intercept(int output) {
    return intercepts[output];
  }

  /** Whether W and b are 0. */
  public boolean areZero() {
    return areZero(weights) && areZero(intercepts);
  }

  private static boolean areZero(double[] values) {
    for (double value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /** A copy of W, row by row. */
  public double[] weights() {
    return weights.clone();
  }

  /** A copy of b. */
  public double[] intercepts() {
    return intercepts.clone();
  }
}
