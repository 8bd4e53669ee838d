package dev.slope.graph;

import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The one interpreter of fitted transforms: training and serving both encode through it, which is
 * how they stay equal.
 */
public final class FeatureEncoding {
  private FeatureEncoding() {}

  /**
   * Adds the ops that make model inputs of raw columns: {@code (raw - offset) / divisor}. Where
   * nothing is scaled it adds none.
   *
   * @param raw the raw columns, {@code [rows, columns]}
   * @return {@code [rows, inputs]}
   */
  public static Operand<TFloat32> encode(Ops tf, FittedFeatures features, Operand<TFloat32> raw) {
    List<FittedFeature> fitted = features.features();
    float[] offsets = new float[fitted.size()];
    float[] divisors = new float[fitted.size()];
    boolean shifted = false;
    boolean scaled = false;
    for (int column = 0; column < fitted.size(); column++) {
      if (fitted.get(column) instanceof FittedFeature.Numeric numeric) {
        offsets[column] = numeric.offset();
        divisors[column] = numeric.divisor();
        shifted |= numeric.offset() != 0;
        scaled |= numeric.divisor() != 1;
      } else {
        throw new AssertionError(
            "no encoding for " + fitted.get(column).getClass().getSimpleName());
      }
    }
    Operand<TFloat32> encoded = shifted ? tf.math.sub(raw, tf.constant(offsets)) : raw;
    return scaled ? tf.math.div(encoded, tf.constant(divisors)) : encoded;
  }
}
