package dev.slope.pipeline;

import dev.slope.config.InitializerConfig;
import dev.slope.config.LoadedConfig;
import dev.slope.config.ModelConfig;
import dev.slope.export.ModelDirectory;
import dev.slope.export.ModelException;
import dev.slope.export.ModelManifest;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import dev.slope.features.LinearWeights;
import dev.slope.features.OriginalScale;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parameters of an exported model, brought to the scale of a new run. */
final class WarmStart {
  private final Path version;
  private final ModelManifest manifest;

  private WarmStart(Path version) {
    this.version = version;
    this.manifest = ModelManifest.read(version);
  }

  /**
   * Where a run starts from; null where its initializer is no model.
   *
   * @param features of the run, fitted
   * @param labels of the run, fitted
   * @throws ModelException where the model is missing, of another type or link or for other labels,
   *     or has a feature that the run hasn't
   */
  static @Nullable LinearWeights of(
      LoadedConfig loaded, FittedFeatures features, FittedLabels labels) {
    ModelConfig model = loaded.run().model();
    if (!(model.initializer() instanceof InitializerConfig.Model from)) {
      return null;
    }
    Path path = loaded.directory().resolve(from.path()).normalize();
    WarmStart start = new WarmStart(ModelDirectory.resolve(path));
    start.requireType(model);
    List<String> names = start.manifest.labels().outputs();
    if (!names.equals(labels.outputs())
        || !start.manifest.labels().columns().equals(labels.columns())) {
      throw start.unfit(
          "must predict " + described(labels), "predicts " + described(start.manifest.labels()));
    }
    return OriginalScale.toTrained(start.original(features.inputs(), names), features);
  }

  private void requireType(ModelConfig model) {
    if (!manifest.type().equals(model.typeName())) {
      throw unfit("must be a " + model.typeName(), "is a " + manifest.type());
    }
    if (!manifest.link().equals(model.linkName())) {
      throw unfit("must have the link " + model.linkName(), "has " + manifest.link());
    }
  }

  /** The coefficients of the data's own scale, by the names of the run's features. */
  private LinearWeights original(List<String> inputs, List<String> outputs) {
    double[] weights = new double[inputs.size() * outputs.size()];
    double[] intercepts = new double[outputs.size()];
    for (int output = 0; output < outputs.size(); output++) {
      ModelManifest.Output equation = manifest.outputs().get(output);
      intercepts[output] = equation.intercept();
      for (ModelManifest.Coefficient coefficient : equation.coefficients()) {
        int input = inputs.indexOf(coefficient.feature());
        if (input < 0) {
          throw unfit(
              "must have no feature but those of this run, " + inputs,
              "has '" + coefficient.feature() + "'");
        }
        weights[input * outputs.size() + output] = coefficient.value();
      }
    }
    return new LinearWeights(inputs, outputs, weights, intercepts);
  }

  private static String described(FittedLabels labels) {
    return labels instanceof FittedLabels.Classes classes
        ? "'" + classes.column() + "' of the classes " + classes.classes()
        : labels.columns().toString();
  }

  private ModelException unfit(String rule, String was) {
    return new ModelException(
        "/model/initializer: the model of %s %s, but %s; start from another model or from zeros"
            .formatted(version, rule, was));
  }
}
