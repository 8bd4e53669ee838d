package dev.slope.training;

import dev.slope.config.InitializerConfig;
import dev.slope.features.LinearWeights;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The parameters before the first epoch. */
final class Initializer {
  /** Specified to the bit, unlike {@code Random.getDefault}: every machine draws the same. */
  private static final String GENERATOR = "L64X128MixRandom";

  private Initializer() {}

  /**
   * Weights first, row by row, then intercepts; every value is a float32.
   *
   * @param inputs the model's inputs, at least one
   * @param outputs the model's outputs
   * @param seed the same seed draws the same values
   */
  static LinearWeights weights(
      InitializerConfig config, List<String> inputs, List<String> outputs, long seed) {
    double[] weights = new double[inputs.size() * outputs.size()];
    double[] intercepts = new double[outputs.size()];
    if (config instanceof InitializerConfig.Zeros) {
      return new LinearWeights(inputs, outputs, weights, intercepts);
    }
    if (config instanceof InitializerConfig.Uniform) {
      RandomGenerator random = RandomGeneratorFactory.of(GENERATOR).create(seed);
      double bound = 1 / Math.sqrt(inputs.size());
      fill(weights, random, bound);
      fill(intercepts, random, bound);
      return new LinearWeights(inputs, outputs, weights, intercepts);
    }
    throw new AssertionError("no initializer for " + config.getClass().getSimpleName());
  }

  private static void fill(double[] values, RandomGenerator random, double bound) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
  }
}
