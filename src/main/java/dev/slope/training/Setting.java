package dev.slope.training;

import org.jspecify.annotations.Nullable;

/**
 * What one of many trainings that run together trains with: one column of the weight matrix.
 *
 * @param learningRate that its steps begin with; above 0. Null where it is as the job's optimizer
 *     says: a number, or {@code auto}, which is then of its own penalty and fold
 * @param l1 the factor of the sum of absolute weights; at least 0
 * @param l2 the factor of half the sum of squared weights; at least 0
 * @param fold the fold whose rows it does not train on; {@link #ALL_ROWS} where it trains on all
 */
public record Setting(@Nullable Double learningRate, double l1, double l2, int fold) {
  /** The fold of a setting that leaves no row out. */
  public static final int ALL_ROWS = -1;

  public Setting {
    if (learningRate != null && !(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learningRate must be finite and above 0, but was " + learningRate);
    }
    requireFactor("l1", l1);
    requireFactor("l2", l2);
    if (fold < ALL_ROWS) {
      throw new IllegalArgumentException(
          "fold must be 0 or more, or -1 for all rows, but was " + fold);
    }
  }

  private static void requireFactor(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and at least 0, but was " + value);
    }
  }
}
