package dev.slope.training;

import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeature;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The largest square of a row's length, which bounds how curved the loss of one row is. */
final class RowNorms {
  private RowNorms() {}

  /**
   * The largest {@code w_i * (|x_i|^2 + 1)} over encoded rows, their weights having a mean of 1;
   * the 1 stands for the intercept.
   */
  static double largestSquare(TrainingJob job) {
    TrainingRows rows = job.rows();
    FloatMatrix weights = rows.weights() == null ? null : RowsFeed.withMeanOne(rows.weights());
    List<FittedFeature> features = job.features().features();
    List<@Nullable FloatMatrix> matrices = Arrays.asList(rows.rawFeatures(), weights);
    double intercept = job.model().fitIntercept() ? 1 : 0;
    double[] largest = new double[1];
    RowSlices.forEach(
        Integer.MAX_VALUE,
        matrices,
        (count, values) -> {
          FloatBuffer raw = values.get(0);
          FloatBuffer weight = values.get(1);
          for (int row = 0; raw != null && row < count; row++) {
            double square = intercept;
            for (int column = 0; column < features.size(); column++) {
              FittedFeature.Numeric numeric = (FittedFeature.Numeric) features.get(column);
              double value =
                  (raw.get(row * features.size() + column) - numeric.offset()) / numeric.divisor();
              square += value * value;
            }
            largest[0] = Math.max(largest[0], weight == null ? square : square * weight.get(row));
          }
        });
    return largest[0];
  }
}
