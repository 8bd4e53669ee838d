package dev.slope.export;

import dev.slope.data.CodedRows;
import dev.slope.data.FloatMatrix;
import dev.slope.evaluation.ModelStatistics;
import dev.slope.features.LinearWeights;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A trained model and where it goes.
 *
 * @param modelsDirectory the directory of all models
 * @param name of the model: its directory there
 * @param graph what will be served
 * @param weights on the scale the model trains on; of the inputs and outputs of the graph
 * @param extraFiles what else goes into {@code assets.extra}
 * @param proofRows rows with the codings of the model's raw columns, and any others
 * @param warmupRows of the proof's rows, how many a server is given to warm up with
 * @param proofScores the trainer's scores of those rows, one column an output
 * @param statistics of the coefficients; null where nobody asked for them
 */
public record ExportRequest(
    Path modelsDirectory,
    String name,
    ModelGraph graph,
    LinearWeights weights,
    ExtraFiles extraFiles,
    CodedRows proofRows,
    int warmupRows,
    FloatMatrix proofScores,
    @Nullable ModelStatistics statistics) {
  public ExportRequest {
    if (!weights.outputs().equals(graph.labels().outputs())) {
      throw new IllegalArgumentException(
          "weights must have the outputs %s, but had %s"
              .formatted(graph.labels().outputs(), weights.outputs()));
    }
    requireShape("proofScores", proofScores, proofRows.rows(), weights.outputs().size());
    if (!weights.inputs().equals(graph.features().inputs())) {
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
