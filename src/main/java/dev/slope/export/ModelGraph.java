package dev.slope.export;

import dev.slope.config.ModelConfig;
import dev.slope.export.savedmodel.SavedModelGraph;
import dev.slope.features.FittedFeatures;
import dev.slope.features.FittedLabels;
import dev.slope.features.LinearWeights;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * All that is served of a model but its weights, so that it can be made while they are trained.
 * Large vocabularies take longest: each is a table in it.
 */
public final class ModelGraph {
  private final ModelConfig model;
  private final FittedLabels labels;
  private final ServingInputs inputs;
  private final SavedModelGraph graph;

  /**
   * The graph of a model.
   *
   * @param model what is trained
   * @param features the fitted encoding of the raw columns
   * @param labels what the label columns mean
   * @param offsetColumn the raw column that is added to every score; null where none is
   */
  public ModelGraph(
      ModelConfig model,
      FittedFeatures features,
      FittedLabels labels,
      @Nullable String offsetColumn) {
    this.model = model;
    this.labels = labels;
    this.inputs = ServingInputs.of(features, offsetColumn);
    this.graph = new ServingSignatures(model, inputs, labels).graph();
  }

  ModelConfig model() {
    return model;
  }

  FittedFeatures features() {
    return inputs.features();
  }

  FittedLabels labels() {
    return labels;
  }

  @Nullable String offsetColumn() {
    return inputs.offsetColumn();
  }

  ServingInputs inputs() {
    return inputs;
  }

  /** Writes the SavedModel into an existing directory. */
  void write(Path directory, LinearWeights weights) throws IOException {
    graph.write(directory, ServingSignatures.values(weights));
  }
}
