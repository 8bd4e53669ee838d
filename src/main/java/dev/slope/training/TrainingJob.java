package dev.slope.training;

import dev.slope.config.ModelConfig;
import dev.slope.config.Precision;
import dev.slope.config.TrainingConfig;
import dev.slope.features.FittedFeatures;
import dev.slope.features.LinearWeights;
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
 * @param measured the training rows that the model is measured on; mostly {@code rows}
 * @param validation rows that only watch, where there are any
 * @param start the parameters before the first epoch, on the scale of {@code features}; null where
 *     the model's initializer has them
 * @param seed of everything random
 */
public record TrainingJob(
    ModelConfig model,
    TrainingConfig training,
    FittedFeatures features,
    List<String> outputs,
    TrainingRows rows,
    TrainingRows measured,
    @Nullable TrainingRows validation,
    @Nullable LinearWeights start,
    long seed) {
  public TrainingJob {
    outputs = List.copyOf(outputs);
    requireColumns(features, rows, training.precision());
    requireColumns(features, measured, training.precision());
    if (validation != null) {
      requireColumns(features, validation, training.precision());
    }
    if (start != null
        && !(start.inputs().equals(features.inputs()) && start.outputs().equals(outputs))) {
      throw new IllegalArgumentException(
          "start must be of %s and %s, but is of %s and %s"
              .formatted(features.inputs(), outputs, start.inputs(), start.outputs()));
    }
  }

  /**
   * A job that starts where the model's initializer says, and whose model is measured on all
   * training rows.
   */
  public TrainingJob(
      ModelConfig model,
      TrainingConfig training,
      FittedFeatures features,
      List<String> outputs,
      TrainingRows rows,
      @Nullable TrainingRows validation,
      long seed) {
    this(model, training, features, outputs, rows, rows, validation, null, seed);
  }

  /** The type of the rows' and the parameters' numbers. */
  Precision precision() {
    return training.precision();
  }

  /** Whether the model is measured on all rows that train. */
  boolean measuresAll() {
    return measured.equals(rows);
  }

  /** The same without rows that watch. */
  public TrainingJob withoutValidation() {
    return new TrainingJob(model, training, features, outputs, rows, measured, null, start, seed);
  }

  /** The same model on other rows, without any that watch. */
  TrainingJob on(TrainingRows others) {
    return new TrainingJob(model, training, features, outputs, others, others, null, start, seed);
  }

  private static void requireColumns(
      FittedFeatures features, TrainingRows rows, Precision precision) {
    if (!features.columns().equals(rows.rawFeatures().names())) {
      throw new IllegalArgumentException(
          "raw columns must be %s, but are %s"
              .formatted(features.columns(), rows.rawFeatures().names()));
    }
    if (rows.labels().precision() != precision) {
      throw new IllegalArgumentException(
          "rows must be of %s, but are of %s"
              .formatted(precision.key(), rows.labels().precision().key()));
    }
  }
}
