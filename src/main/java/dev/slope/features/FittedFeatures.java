package dev.slope.features;

import java.util.List;

/** Every transform of a model, in the order of its inputs. */
public final class FittedFeatures {
  private final List<FittedFeature> features;
  private final List<String> columns;
  private final List<RawColumn> rawColumns;
  private final List<String> inputs;

  /**
   * The transforms of a model.
   *
   * @param features one a feature
   */
  public FittedFeatures(List<FittedFeature> features) {
    this.features = List.copyOf(features);
    this.columns = features.stream().flatMap(feature -> feature.codedColumns().stream()).toList();
    this.rawColumns =
        features.stream().flatMap(feature -> feature.rawColumns().stream()).distinct().toList();
    this.inputs = new InputNameList(this.features);
  }

  /** One a feature. */
  public List<FittedFeature> features() {
    return features;
  }

  /** The columns of the coded matrix that the model inputs are encoded from, in order. */
  public List<String> columns() {
    return columns;
  }

  /** The columns of the data that the model needs, each once, in order. */
  public List<RawColumn> rawColumns() {
    return rawColumns;
  }

  /** The names of the model's inputs, in order: the rows of its weight matrix. */
  public List<String> inputs() {
    return inputs;
  }
}
