package dev.slope.features;

import dev.slope.config.Scaling;
import java.util.List;

/** A transform of one raw column with everything it learnt from the training rows. */
public sealed interface FittedFeature {
  /** The raw column. */
  String column();

  /** The names of the model inputs it makes. */
  List<String> inputs();

  /**
   * A number, encoded as {@code (value - offset) / divisor} in float32.
   *
   * @param column the raw column
   * @param scaling the rule that made offset and divisor
   * @param offset 0 with scaling none
   * @param divisor never 0; 1 with scaling none and for a constant column
   */
  record Numeric(String column, Scaling scaling, float offset, float divisor)
      implements FittedFeature {
    public Numeric {
      if (divisor == 0) {
        throw new IllegalArgumentException("divisor must not be 0");
      }
    }

    @Override
    public List<String> inputs() {
      return List.of(column);
    }
  }
}
