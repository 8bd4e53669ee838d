package dev.slope.export;

import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.RawColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The features of a model as columns and crosses of {@code model.json}, and back. */
final class ManifestColumns {
  private ManifestColumns() {}

  static List<ModelManifest.Column> columns(ServingInputs inputs) {
    Map<String, FittedFeature> ofOneColumn =
        inputs.features().features().stream()
            .filter(feature -> !(feature instanceof FittedFeature.Crossed))
            .collect(Collectors.toMap(FittedFeature::name, feature -> feature));
    List<ModelManifest.Column> columns = new ArrayList<>();
    for (RawColumn raw : inputs.columns()) {
      FittedFeature feature = ofOneColumn.get(raw.name());
      columns.add(
          new ModelManifest.Column(
              raw.name(),
              dtype(raw.type()),
              inputs.key(raw.name()),
              feature == null ? null : Transform.of(feature)));
    }
    return columns;
  }

  /** Null where there are none. */
  static @Nullable List<ModelManifest.Cross> crosses(ServingInputs inputs) {
    List<ModelManifest.Cross> crosses = new ArrayList<>();
    for (FittedFeature feature : inputs.features().features()) {
      if (feature instanceof FittedFeature.Crossed crossed) {
        crosses.add(
            new ModelManifest.Cross(
                crossed.name(),
                inputs.key(crossed.name()),
                crossed.parts().stream().map(ManifestColumns::part).toList(),
                crossed.buckets()));
      }
    }
    return crosses.isEmpty() ? null : crosses;
  }

  private static ModelManifest.CrossedColumn part(FittedFeature.Crossed.CrossedColumn part) {
    FittedFeature.Bucketized bucketized = part.bucketized();
    return new ModelManifest.CrossedColumn(
        part.column().name(), bucketized == null ? null : Transform.of(bucketized));
  }

  private static String dtype(RawColumn.Type type) {
    return switch (type) {
      case NUMBER -> "float32";
      case STRING -> "string";
      case INTEGER, TIME -> "int64";
      case TRUTH -> "bool";
    };
  }

  /**
   * The raw column that a column was made of.
   *
   * @throws ModelException where there is no such type
   */
  static RawColumn raw(ModelManifest.Column column) {
    Transform transform = column.transform();
    boolean time = transform != null && transform.type().equals(Transform.DATETIME);
    RawColumn.Type type =
        switch (column.dtype()) {
          case "float32" -> RawColumn.Type.NUMBER;
          case "string" -> RawColumn.Type.STRING;
          case "int64" -> time ? RawColumn.Type.TIME : RawColumn.Type.INTEGER;
          case "bool" -> RawColumn.Type.TRUTH;
          default ->
              throw damaged("column '" + column.name() + "' is of the type " + column.dtype());
        };
    return new RawColumn(column.name(), type);
  }

  /**
   * The features in their order.
   *
   * @throws ModelException where one is not described
   */
  static FittedFeatures features(ModelManifest manifest) {
    Map<String, FittedFeature> byName = new HashMap<>();
    Map<String, RawColumn> columns = new HashMap<>();
    List<String> inOrder = new ArrayList<>();
    for (ModelManifest.Column column : manifest.columns()) {
      RawColumn raw = raw(column);
      columns.put(raw.name(), raw);
      Transform transform = column.transform();
      if (transform != null) {
        byName.put(raw.name(), transform.feature(raw));
        inOrder.add(raw.name());
      }
    }
    List<ModelManifest.Cross> crosses = manifest.crosses();
    for (ModelManifest.Cross cross : crosses == null ? List.<ModelManifest.Cross>of() : crosses) {
      byName.put(cross.name(), crossed(cross, columns));
    }
    List<FittedFeature> features = new ArrayList<>();
    List<String> names = manifest.features();
    for (String name : names == null ? inOrder : names) {
      FittedFeature feature = byName.get(name);
      if (feature == null) {
        throw damaged("feature '" + name + "' has neither a column nor a cross");
      }
      features.add(feature);
    }
    return new FittedFeatures(features);
  }

  private static FittedFeature.Crossed crossed(
      ModelManifest.Cross cross, Map<String, RawColumn> columns) {
    List<FittedFeature.Crossed.CrossedColumn> parts = new ArrayList<>();
    for (ModelManifest.CrossedColumn part : cross.columns()) {
      RawColumn raw = columns.get(part.column());
      if (raw == null) {
        throw damaged("the cross '" + cross.name() + "' has no column '" + part.column() + "'");
      }
      Transform boundaries = part.boundaries();
      parts.add(
          new FittedFeature.Crossed.CrossedColumn(
              raw, boundaries == null ? null : (FittedFeature.Bucketized) boundaries.feature(raw)));
    }
    return new FittedFeature.Crossed(cross.name(), parts, cross.buckets());
  }

  private static ModelException damaged(String what) {
    return new ModelException(
        "%s is damaged: %s; export the model again".formatted(ModelManifest.FILE_NAME, what));
  }
}
