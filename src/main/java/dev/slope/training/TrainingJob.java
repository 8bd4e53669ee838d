package dev.slope.training;

import dev.slope.config.ModelConfig;
import dev.slope.config.TrainingConfig;
import dev.slope.features.FittedFeatures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to train.
 *
 * @param model the model and its initializer
 * @param training how to train it
 * @param features the transforms, fitted on the raw features of {@code rows}
 * @param outputs the names of the scores: labels, or classes
 * @param rows the training rows
 * @param validation rows that only watch, where there are any
 * @param seed of everything random
 */
public record TrainingJob(
    ModelConfig model,
    TrainingConfig training,
    FittedFeatures features,
    List<String> outputs,
    TrainingRows rows,
    @Nullable TrainingRows validation,
    long seed) {
  public TrainingJob {
    outputs = List.copyOf(outputs);
    requireColumns(features, rows);
    if (validation != null) {
      requireColumns(features, validation);
    }
  }

  private static void requireColumns(FittedFeatures features, TrainingRows rows) {
    if (!features.columns().equals(rows.rawFeatures().names())) {
      throw new IllegalArgumentException(
          "raw columns must be %s, but are %s"
              .formatted(features.columns(), rows.rawFeatures().names()));
    }
  }
}
