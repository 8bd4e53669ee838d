package dev.slope.training.secondorder;

/**
 * When to stop.
 *
 * @param maxIterations at least 1
 * @param gradientTolerance the largest slope of any parameter at which the optimum counts as
 *     reached; what the rounding of rows hides ends the search as well
 */
public record SecondOrderSettings(int maxIterations, double gradientTolerance) {
  /** What a user gets who asks for nothing else. */
  public static final SecondOrderSettings DEFAULT = new SecondOrderSettings(1_000, 1e-5);

  public SecondOrderSettings {
    if (maxIterations < 1) {
      throw new IllegalArgumentException(
          "maxIterations must be at least 1, but was " + maxIterations);
    }
    if (!(gradientTolerance >= 0)) {
      throw new IllegalArgumentException(
          "gradientTolerance must be at least 0, but was " + gradientTolerance);
    }
  }
}
