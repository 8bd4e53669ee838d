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
    if (!trained.inputs().equals(features.inputs())) {
      throw new IllegalArgumentException(
          "inputs must be " + features.inputs() + ", but were " + trained.inputs());
    }
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
}
