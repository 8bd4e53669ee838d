package dev.slope.features;

import java.util.List;

/**
 * Every transform of a model, in the order of its inputs.
 *
 * @param features one a raw column
 */
public record FittedFeatures(List<FittedFeature> features) {
  public FittedFeatures {
    features = List.copyOf(features);
  }

  /** The raw columns, in order. */
  public List<String> columns() {
    return features.stream().map(FittedFeature::column).toList();
  }

  /** The model's inputs, in order: the rows of its weight matrix. */
  public List<String> inputs() {
    return features.stream().flatMap(feature -> feature.inputs().stream()).toList();
  }
}
