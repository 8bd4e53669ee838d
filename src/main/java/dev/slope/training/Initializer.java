package dev.slope.training;

import dev.slope.config.ConfigException;
import dev.slope.config.InitializerConfig;
import dev.slope.config.Precision;
import dev.slope.config.Suggestions;
import dev.slope.features.LinearWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The parameters before the first epoch. */
final class Initializer {
  /** Specified to the bit, unlike {@code Random.getDefault}: every machine draws the same. */
  private static final String GENERATOR = "L64X128MixRandom";

  private Initializer() {}

  /** The parameters that a job starts from. */
  static LinearWeights weights(TrainingJob job) {
    LinearWeights start = job.start();
    return start != null
        ? start
        : weights(
            job.model().initializer(),
            job.features().inputs(),
            job.outputs(),
            job.seed(),
            job.precision());
  }

  /**
   * Weights first, row by row, then intercepts; every value is one of the precision.
   *
   * @param inputs the model's inputs, at least one
   * @param outputs the model's outputs
   * @param seed the same seed draws the same values
   * @throws ConfigException where given values don't fit inputs and outputs
   */
  static LinearWeights weights(
      InitializerConfig config,
      List<String> inputs,
      List<String> outputs,
      long seed,
      Precision precision) {
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
      return rounded(inputs, outputs, weights, intercepts, precision);
    }
    if (config instanceof InitializerConfig.Values values) {
      fillWeights(weights, values, inputs, outputs.size());
      fillIntercepts(intercepts, values.intercepts());
      return rounded(inputs, outputs, weights, intercepts, precision);
    }
    if (config instanceof InitializerConfig.Model) {
      throw new IllegalArgumentException("a job whose initializer is a model must have a start");
    }
    throw new AssertionError("no initializer for " + config.getClass().getSimpleName());
  }

  private static LinearWeights rounded(
      List<String> inputs,
      List<String> outputs,
      double[] weights,
      double[] intercepts,
      Precision precision) {
    return new LinearWeights(
        inputs,
        outputs,
        Arrays.stream(weights).map(precision::round).toArray(),
        Arrays.stream(intercepts).map(precision::round).toArray());
  }

  private static void fill(double[] values, RandomGenerator random, double bound) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (2 * random.nextDouble() - 1) * bound;
    }
  }

  private static void fillWeights(
      double[] weights, InitializerConfig.Values values, List<String> inputs, int outputs) {
    for (Map.Entry<String, List<Double>> entry : values.weights().entrySet()) {
      String pointer = "/model/initializer/weights/" + entry.getKey();
      int input = inputs.indexOf(entry.getKey());
      if (input < 0) {
        throw new ConfigException(
            pointer
                + " must be named after a feature, but '"
                + entry.getKey()
                + "' is none; "
                + Suggestions.nearest(entry.getKey(), inputs)
                    .map(near -> "did you mean '" + near + "'?")
                    .orElseGet(() -> "features: " + inputs));
      }
      requireOneAnOutput(pointer, entry.getValue(), outputs);
      for (int output = 0; output < outputs; output++) {
        weights[input * outputs + output] = entry.getValue().get(output);
      }
    }
  }

  private static void fillIntercepts(double[] intercepts, List<Double> values) {
    if (values.isEmpty()) {
      return;
    }
    requireOneAnOutput("/model/initializer/intercepts", values, intercepts.length);
    for (int output = 0; output < intercepts.length; output++) {
      intercepts[output] = values.get(output);
    }
  }

  private static void requireOneAnOutput(String pointer, List<Double> values, int outputs) {
    if (values.size() != outputs) {
      throw new ConfigException(
          "%s must have one number for each of the model's outputs, %d, but has %d"
              .formatted(pointer, outputs, values.size()));
    }
  }
}
