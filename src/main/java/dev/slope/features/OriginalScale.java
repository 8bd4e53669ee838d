package dev.slope.features;

/** Coefficients on the scale of the data instead of the scale the model trained on. */
public final class OriginalScale {
  private OriginalScale() {}

  /**
   * The same model as a function of the raw columns: with {@code x' = (x - offset) / divisor}, the
   * score {@code w x' + b} is {@code (w / divisor) x + (b - w offset / divisor)}. In float64.
   *
   * @param trained the weights of the scaled inputs
   * @param features the scaling
   */
  public static LinearWeights of(LinearWeights trained, FittedFeatures features) {
    requireInputs(trained, features);
    int outputs = trained.outputs().size();
    double[] weights = trained.weights();
    double[] intercepts = trained.intercepts();
    int input = 0;
    for (FittedFeature feature : features.features()) {
      if (feature instanceof FittedFeature.Numeric numeric) {
        for (int output = 0; output < outputs; output++) {
          int index = input * outputs + output;
          weights[index] /= numeric.divisor();
          intercepts[output] -= weights[index] * numeric.offset();
        }
      } else {
        throw new AssertionError("no scale for " + feature.getClass().getSimpleName());
      }
      input += feature.inputs().size();
    }
    return new LinearWeights(trained.inputs(), trained.outputs(), weights, intercepts);
  }

  /**
   * The inverse of {@link #of}: with {@code x = x' divisor + offset}, the score {@code w x + b} is
   * {@code (w divisor) x' + (b + w offset)}. In float64.
   *
   * @param original the weights of the raw columns
   * @param features the scaling of the result
   */
  public static LinearWeights toTrained(LinearWeights original, FittedFeatures features) {
    requireInputs(original, features);
    int outputs = original.outputs().size();
    double[] weights = original.weights();
    double[] intercepts = original.intercepts();
    int input = 0;
    for (FittedFeature feature : features.features()) {
      if (feature instanceof FittedFeature.Numeric numeric) {
        for (int output = 0; output < outputs; output++) {
          int index = input * outputs + output;
          intercepts[output] += weights[index] * numeric.offset();
          weights[index] *= numeric.divisor();
        }
      } else {
        throw new AssertionError("no scale for " + feature.getClass().getSimpleName());
      }
      input += feature.inputs().size();
    }
    return new LinearWeights(original.inputs(), original.outputs(), weights, intercepts);
  }

  private static void requireInputs(LinearWeights weights, FittedFeatures features) {
    if (!weights.inputs().equals(features.inputs())) {
      throw new IllegalArgumentException(
          "inputs must be " + features.inputs() + ", but were " + weights.inputs());
    }
  }
}
