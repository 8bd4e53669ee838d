package dev.slope.export;

import dev.slope.config.ModelConfig;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatMatrix;
import dev.slope.evaluation.ModelStatistics;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import dev.slope.features.LinearWeights;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A trained model and where it goes.
 *
 * @param modelsDirectory the directory of all models
 * @param name of the model: its directory there
 * @param model what was trained
 * @param features the fitted encoding of the raw columns
 * @param labels what the label columns mean
 * @param weights on the scale the model trains on; their outputs are those of the labels
 * @param extraFiles what else goes into {@code assets.extra}
 * @param proofRows rows with the codings of the model's raw columns, and any others
 * @param warmupRows of the proof's rows, how many a server is given to warm up with
 * @param offsetColumn the raw column that is added to every score; null where none is
 * @param proofScores the trainer's scores of those rows, one column an output
 * @param statistics of the coefficients; null where nobody asked for them
 */
public record ExportRequest(
    Path modelsDirectory,
    String name,
    ModelConfig model,
    FittedFeatures features,
    FittedLabels labels,
    LinearWeights weights,
    ExtraFiles extraFiles,
    CodedRows proofRows,
    int warmupRows,
    @Nullable String offsetColumn,
    FloatMatrix proofScores,
    @Nullable ModelStatistics statistics) {
  public ExportRequest {
    if (!weights.outputs().equals(labels.outputs())) {
      throw new IllegalArgumentException(
          "weights must have the outputs %s, but had %s"
              .formatted(labels.outputs(), weights.outputs()));
    }
    requireShape("proofScores", proofScores, proofRows.rows(), weights.outputs().size());
    if (!weights.inputs().equals(features.inputs())) {
      throw new IllegalArgumentException(
          "weights must have the inputs of the features, but had " + weights.inputs().size());
    }
  }

  private static void requireShape(String name, FloatMatrix matrix, long rows, int columns) {
    if (matrix.columns() != columns || matrix.rows() != rows) {
      throw new IllegalArgumentException(
          "%s must be %d x %d, but were %d x %d"
              .formatted(name, rows, columns, matrix.rows(), matrix.columns()));
    }
  }
}
