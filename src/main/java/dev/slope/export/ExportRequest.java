package dev.slope.export;

import dev.slope.config.ModelConfig;
import dev.slope.data.FloatMatrix;
import dev.slope.export.savedmodel.DurableFile;
import dev.slope.features.FittedFeatures;
import dev.slope.features.LinearWeights;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A trained model and where it goes.
 *
 * @param modelsDirectory the directory of all models
 * @param name of the model: its directory there
 * @param model what was trained
 * @param features the fitted encoding of the raw columns
 * @param weights on the scale the model trains on; their outputs are the labels
 * @param extraFiles what else goes into {@code assets.extra}, by file name: letters, digits, '_',
 *     '-' and '.', no '.' first, and not the manifest's
 * @param proofRows raw rows, columns in the order of the features
 * @param proofPredictions the trainer's predictions for those rows, one column a label
 */
public record ExportRequest(
    Path modelsDirectory,
    String name,
    ModelConfig model,
    FittedFeatures features,
    LinearWeights weights,
    Map<String, DurableFile.Content> extraFiles,
    FloatMatrix proofRows,
    FloatMatrix proofPredictions) {
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*");

  public ExportRequest {
    extraFiles = Map.copyOf(extraFiles);
    for (String file : extraFiles.keySet()) {
      if (!FILE_NAME.matcher(file).matches() || file.equals(ModelManifest.FILE_NAME)) {
        throw new IllegalArgumentException(
            "extraFiles must be plain file names other than %s, but one was '%s'"
                .formatted(ModelManifest.FILE_NAME, file));
      }
    }
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
