package dev.slope.export;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.LinearWeights;
import java.util.List;

/**
 * Compares a served model with its trainer. They may differ by rounding only: {@code (inputs + 8)
 * eps (|b| + sum |w| (|x| + |offset|) / |divisor|)}, the bound of a sum of float32 in any order.
 */
final class ExportProof {
  private static final double EPSILON = Math.ulp(1f);
  private static final int OTHER_ROUNDINGS = 8;

  private final List<FittedFeature> features;
  private final LinearWeights weights;

  ExportProof(FittedFeatures features, LinearWeights weights) {
    this.features = features.features();
    this.weights = weights;
  }

  /**
   * Predicts all rows.
   *
   * @return the largest difference
   * @throws ExportException when one is more than rounding
   */
  double check(ServedModel model, FloatMatrix rows, FloatMatrix predictions) {
    double largest = 0;
    for (int block = 0; block < rows.blocks().size(); block++) {
      FloatBlock raw = rows.blocks().get(block);
      FloatBlock expected = predictions.blocks().get(block);
      FloatBlock served = model.predict(raw);
      for (int row = 0; row < raw.rows(); row++) {
        for (int output = 0; output < served.columns(); output++) {
          float actual = served.get(row, output);
          float wanted = expected.get(row, output);
          if (Float.compare(actual, wanted) == 0) {
            continue;
          }
          double difference = Math.abs((double) actual - wanted);
          if (!(difference <= tolerance(raw, row, output))) {
            throw new ExportException(
                ("the reloaded model predicts %s for '%s' in row %d of the proof, the trainer %s;"
                        + " nothing was exported")
                    .formatted(actual, weights.outputs().get(output), row + 1, wanted));
          }
          largest = Math.max(largest, difference);
        }
      }
    }
    return largest;
  }

  private double tolerance(FloatBlock raw, int row, int output) {
    double magnitude = Math.abs(weights.intercept(output));
    for (int i = 0; i < features.size(); i++) {
      if (!(features.get(i) instanceof FittedFeature.Numeric numeric)) {
        throw new AssertionError("no bound for " + features.get(i).getClass().getSimpleName());
      }
      double encoded =
          (Math.abs(raw.get(row, i)) + Math.abs(numeric.offset())) / Math.abs(numeric.divisor());
      magnitude += Math.abs(weights.weight(i, output)) * encoded;
    }
    return (weights.inputs().size() + OTHER_ROUNDINGS) * EPSILON * magnitude;
  }
}
