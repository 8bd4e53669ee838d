package dev.slope.features;

import dev.slope.config.FeatureConfig;
import dev.slope.config.RunConfig;
import dev.slope.config.Scaling;
import dev.slope.data.ColumnInfo;
import dev.slope.data.Columns;
import dev.slope.data.DataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a source a run uses.
 *
 * @param features by column, in the order of the model's inputs
 * @param labels in the order of the config
 * @param weight says how much each row counts; absent where every row counts the same
 * @param offset is added to every score; absent where nothing is
 */
public record ColumnSelection(
    Map<String, FeatureConfig> features,
    List<String> labels,
    @Nullable String weight,
    @Nullable String offset) {
  private static final String REST = "*";

  /** What a column is that the config says nothing of. */
  private static final FeatureConfig DEFAULT_FEATURE = FeatureConfig.Numeric.of(Scaling.STANDARD);

  public ColumnSelection {
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    labels = List.copyOf(labels);
  }

  /**
   * Finds a run's columns in its source.
   *
   * @param run names labels and features
   * @param source what messages call the source
   * @param columns the source's
   * @throws DataException where one is missing or holds no numbers, or no feature is left
   */
  public static ColumnSelection of(RunConfig run, String source, List<ColumnInfo> columns) {
    Map<String, ColumnInfo> known = new LinkedHashMap<>();
    columns.forEach(column -> known.put(column.name(), column));
    for (String label : run.label()) {
      requireNumeric(require(label, "/label", source, known), "/label", source);
    }
    Set<String> used = new LinkedHashSet<>(run.label());
    if (run.weightColumn() != null) {
      requireNumeric(
          require(run.weightColumn(), "/weight_column", source, known), "/weight_column", source);
      used.add(run.weightColumn());
    }
    if (run.offsetColumn() != null) {
      requireNumeric(
          require(run.offsetColumn(), "/offset_column", source, known), "/offset_column", source);
      used.add(run.offsetColumn());
    }
    String split = run.data().split().column();
    if (split != null) {
      require(split, "/data/split/column", source, known);
      used.add(split);
    }
    for (String ignored : run.ignore()) {
      require(ignored, "/ignore", source, known);
      used.add(ignored);
    }
    Map<String, FeatureConfig> features = new LinkedHashMap<>();
    run.features()
        .forEach(
            (name, feature) -> {
              if (!name.equals(REST)) {
                String pointer = "/features/" + name;
                requireNumeric(require(name, pointer, source, known), pointer, source);
                features.put(name, feature);
              }
            });
    if (run.features().isEmpty() || run.features().containsKey(REST)) {
      FeatureConfig rest = run.features().getOrDefault(REST, DEFAULT_FEATURE);
      for (ColumnInfo column : columns) {
        if (!used.contains(column.name()) && !features.containsKey(column.name())) {
          requireNumeric(column, "/features", source);
          features.put(column.name(), rest);
        }
      }
    }
    if (features.isEmpty()) {
      throw new DataException(
          source
              + " has no column besides "
              + (used.size() == run.label().size() ? "the label" : used)
              + "; a model needs a feature");
    }
    return new ColumnSelection(features, run.label(), run.weightColumn(), run.offsetColumn());
  }

  /** Features, then labels, then the weight and the offset where there are. */
  public List<String> all() {
    List<String> all = new ArrayList<>(features.keySet());
    all.addAll(labels);
    if (weight != null) {
      all.add(weight);
    }
    if (offset != null) {
      all.add(offset);
    }
    return all;
  }

  private static ColumnInfo require(
      String name, String pointer, String source, Map<String, ColumnInfo> known) {
    Columns.require(source, known.keySet(), List.of(name), pointer + " names");
    return Objects.requireNonNull(known.get(name));
  }

  private static void requireNumeric(ColumnInfo column, String pointer, String source) {
    switch (column.kind()) {
      case NUMERIC -> {
        return;
      }
      // Text may be numbers with one typing error: reading names its row.
      case TEXT -> {
        if (!pointer.equals("/features")) {
          return;
        }
      }
      case BOOLEAN, TEMPORAL, OTHER -> {
        // Refused below.
      }
    }
    throw new DataException(
        "%s: column '%s' must hold numbers, but holds %s; list the columns to use under /features"
            .formatted(source, column.name(), holds(column.kind())));
  }

  private static String holds(ColumnInfo.Kind kind) {
    return switch (kind) {
      case NUMERIC -> "numbers";
      case TEXT -> "text";
      case BOOLEAN -> "true and false";
      case TEMPORAL -> "dates or times";
      case OTHER -> "lists, structures or binary values";
    };
  }
}
