package dev.slope.export;

import dev.slope.config.ModelConfig;
import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeatures;
import dev.slope.features.LinearWeights;
import java.nio.file.Path;

/**
 * A trained model and where it goes.
 *
 * @param modelsDirectory the directory of all models
 * @param name of the model: its directory there
 * @param model what was trained
 * @param features the fitted encoding of the raw columns
 * @param weights on the scale the model trains on; their outputs are the labels
 * @param extraFiles what else goes into {@code assets.extra}
 * @param proofRows raw rows, columns in the order of the features
 * @param proofPredictions the trainer's predictions for those rows, one column a label
 */
public record ExportRequest(
    Path modelsDirectory,
    String name,
    ModelConfig model,
    FittedFeatures features,
    LinearWeights weights,
    ExtraFiles extraFiles,
    FloatMatrix proofRows,
    FloatMatrix proofPredictions) {
  public ExportRequest {
    if (!proofRows.names().equals(features.columns())) {
      throw new IllegalArgumentException(
          "proofRows must have the columns %s, but were %s"
              .formatted(features.columns(), proofRows.names()));
    }
    if (proofPredictions.columns() != weights.outputs().size()
        || proofPredictions.rows() != proofRows.rows()) {
      throw new IllegalArgumentException(
          "proofPredictions must be %d x %d, but were %d x %d"
              .formatted(
                  proofRows.rows(),
                  weights.outputs().size(),
                  proofPredictions.rows(),
                  proofPredictions.columns()));
    }
  }
}
