package dev.slope.features;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every transform of a model, in the order of its inputs. */
public final class FittedFeatures {
  /** Fewer inputs are named sooner than they are shared out. */
  private static final int SHARED_INPUTS = 1 << 12;

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
    // Of the kind that List.copyOf takes as it is: weights of a million names share them.
    this.inputs =
        named(this.features)
            .flatMap(feature -> feature.inputs().stream())
            .collect(Collectors.toUnmodifiableList());
  }

  /** The features whose inputs get their names, on all cores where these are many. */
  private static Stream<FittedFeature> named(List<FittedFeature> features) {
    int inputs = features.stream().mapToInt(FittedFeature::inputCount).sum();
    return inputs < SHARED_INPUTS ? features.stream() : features.parallelStream();
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
