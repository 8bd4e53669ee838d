package dev.slope.training;

import dev.slope.config.ModelConfig;
import dev.slope.config.TrainingConfig;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeatures;

/**
 * What to train.
 *
 * @param model the model and its initializer
 * @param training how to train it
 * @param features the transforms, fitted on {@code rawFeatures}
 * @param rawFeatures the training rows, before the transforms
 * @param labels the truth of the same rows: one column an output
 * @param seed of everything random
 */
public record TrainingJob(
    ModelConfig model,
    TrainingConfig training,
    FittedFeatures features,
    FloatMatrix rawFeatures,
    FloatMatrix labels,
    long seed) {
  public TrainingJob {
    if (!features.columns().equals(rawFeatures.names())) {
      throw new IllegalArgumentException(
          "raw columns must be %s, but are %s".formatted(features.columns(), rawFeatures.names()));
    }
    if (rawFeatures.rows() != labels.rows() || labels.rows() == 0) {
      throw new IllegalArgumentException(
          "features and labels must have as many rows, at least 1, but have %d and %d"
              .formatted(rawFeatures.rows(), labels.rows()));
    }
  }
}
