package dev.slope.export;

import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.RawColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.DataType;

/**
 * What the signatures of a model take.
 *
 * @param features the fitted transforms
 * @param columns the raw columns: those of the features, then the offset's where there is one
 * @param offsetColumn the raw column that is added to every score; null where none is
 * @param keys the names in signatures, of the columns and of the crosses
 */
record ServingInputs(
    FittedFeatures features,
    List<RawColumn> columns,
    @Nullable String offsetColumn,
    Map<String, String> keys) {

  static ServingInputs of(FittedFeatures features, @Nullable String offsetColumn) {
    List<RawColumn> columns = new ArrayList<>(features.rawColumns());
    if (offsetColumn != null) {
      columns.add(new RawColumn(offsetColumn, RawColumn.Type.NUMBER));
    }
    List<String> names = new ArrayList<>(columns.stream().map(RawColumn::name).toList());
    features.features().stream()
        .filter(feature -> feature instanceof FittedFeature.Crossed)
        .forEach(cross -> names.add(cross.name()));
    return new ServingInputs(features, List.copyOf(columns), offsetColumn, SignatureKeys.of(names));
  }

  String key(String name) {
    return Objects.requireNonNull(keys.get(name));
  }

  /** The raw columns, typed. */
  List<ServingColumn> raw() {
    return columns.stream()
        .map(
            column ->
                ServingColumn.of(
                    column.name(), key(column.name()), ServingColumn.dtype(column.type())))
        .toList();
  }

  /** Whether every raw column is a number, so that a row is a row of a matrix. */
  boolean isNumeric() {
    return columns.stream().allMatch(column -> column.type() == RawColumn.Type.NUMBER);
  }

  /** Whether a feature is looked up, hashed or made of words, which takes strings and tables. */
  boolean needsStrings() {
    return features.features().stream()
        .anyMatch(feature -> feature instanceof FittedFeature.Text || isPlaced(feature));
  }

  /**
   * A column for each feature, none of them strings: what is looked up or hashed as the int64 place
   * of its level, texts as the counts of their buckets, the others as they are.
   */
  List<ServingColumn> indexed() {
    List<ServingColumn> indexed = new ArrayList<>();
    for (FittedFeature feature : features.features()) {
      String name = feature.name();
      if (feature instanceof FittedFeature.Text text) {
        indexed.add(
            new ServingColumn(
                name, key(name), DataType.DT_FLOAT, List.of(-1L, (long) text.buckets())));
      } else if (isPlaced(feature)) {
        indexed.add(ServingColumn.of(name, key(name), DataType.DT_INT64));
      } else {
        DataType dtype = ServingColumn.dtype(feature.rawColumns().get(0).type());
        indexed.add(ServingColumn.of(name, key(name), dtype));
      }
    }
    if (offsetColumn != null) {
      indexed.add(ServingColumn.of(offsetColumn, key(offsetColumn), DataType.DT_FLOAT));
    }
    return indexed;
  }

  /** Whether the place of a level is what a feature is coded as. */
  static boolean isPlaced(FittedFeature feature) {
    return feature instanceof FittedFeature.Categorical
        || feature instanceof FittedFeature.Hashed
        || feature instanceof FittedFeature.Crossed;
  }
}
