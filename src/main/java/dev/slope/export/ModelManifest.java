package dev.slope.export;

import dev.slope.config.Json;
import dev.slope.config.ModelConfig;
import dev.slope.config.Scaling;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.LinearWeights;
import dev.slope.features.OriginalScale;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;

/**
 * What a model is, in words and numbers: {@code assets.extra/model.json}.
 *
 * @param name of the model
 * @param type of the model, as the config names it
 * @param link from the score to the mean
 * @param objective what training minimised, as a formula
 * @param outputs one a label
 * @param columns the raw columns, in the order of the {@code dense} signature
 */
public record ModelManifest(
    String name,
    String type,
    String link,
    String objective,
    List<Output> outputs,
    List<Column> columns) {
  /**
   * The equation of one label.
   *
   * @param intercept on the original scale of the data
   * @param standardizedIntercept on the scale the model trains on
   */
  public record Output(
      String label,
      double intercept,
      double standardizedIntercept,
      List<Coefficient> coefficients) {
    public Output {
      coefficients = List.copyOf(coefficients);
    }
  }

  /**
   * The weight of one feature.
   *
   * @param value on the original scale of the data
   * @param standardized on the scale the model trains on
   */
  public record Coefficient(String feature, double value, double standardized) {}

  /**
   * A raw column.
   *
   * @param name in the data
   * @param dtype as TensorFlow names it
   * @param signatureKey its name in the {@code predict} signature
   */
  public record Column(String name, String dtype, String signatureKey, Transform transform) {}

  /** The fitted transform of a numeric column: {@code (value - offset) / divisor}. */
  public record Transform(String type, Scaling scaling, double offset, double divisor) {}

  static final String FILE_NAME = "model.json";

  public ModelManifest {
    Objects.requireNonNull(name, "name");
    outputs = List.copyOf(outputs);
    columns = List.copyOf(columns);
  }

  /** The manifest of a model that was just trained. */
  static ModelManifest of(
      String name, ModelConfig model, FittedFeatures features, LinearWeights weights) {
    LinearWeights original = OriginalScale.of(weights, features);
    List<Output> outputs = new ArrayList<>();
    for (int output = 0; output < weights.outputs().size(); output++) {
      List<Coefficient> coefficients = new ArrayList<>();
      for (int input = 0; input < weights.inputs().size(); input++) {
        coefficients.add(
            new Coefficient(
                weights.inputs().get(input),
                original.weight(input, output),
                weights.weight(input, output)));
      }
      outputs.add(
          new Output(
              weights.outputs().get(output),
              original.intercept(output),
              weights.intercept(output),
              coefficients));
    }
    Map<String, String> keys = SignatureKeys.of(features.columns());
    List<Column> columns =
        features.features().stream()
            .map(
                feature ->
                    new Column(
                        feature.column(),
                        "float32",
                        Objects.requireNonNull(keys.get(feature.column())),
                        transform(feature)))
            .toList();
    return new ModelManifest(
        name, model.typeName(), model.linkName(), model.objective(), outputs, columns);
  }

  private static Transform transform(FittedFeature feature) {
    if (feature instanceof FittedFeature.Numeric numeric) {
      return new Transform("numeric", numeric.scaling(), numeric.offset(), numeric.divisor());
    }
    throw new AssertionError("no description of " + feature.getClass().getSimpleName());
  }

  /**
   * Reads the manifest of an exported version.
   *
   * @throws ModelException when it is missing or damaged
   */
  public static ModelManifest read(Path versionDirectory) {
    Path file = versionDirectory.resolve("assets.extra").resolve(FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw new ModelException(
          file + " is missing: " + versionDirectory + " was not exported by Slope, or not whole");
    }
    try {
      ModelManifest manifest =
          Json.mapper().readValue(Files.readAllBytes(file), ModelManifest.class);
      if (manifest == null) { // the document is JSON's null
        throw new ModelException(file + " is damaged; export the model again");
      }
      return manifest;
    } catch (JacksonException e) {
      throw new ModelException(file + " is damaged; export the model again", e);
    } catch (IOException e) {
      throw new ModelException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(Json.write(this).getBytes(StandardCharsets.UTF_8));
  }
}
