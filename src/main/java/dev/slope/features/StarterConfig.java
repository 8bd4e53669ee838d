package dev.slope.features;

import dev.slope.config.FeatureConfig;
import dev.slope.data.BlockStore;
import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.ColumnInfo;
import dev.slope.data.Columns;
import dev.slope.data.DataException;
import dev.slope.data.FloatBlock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The columns of a file as a config that trains as it is would have them.
 *
 * @param label in the order asked for
 * @param features the type of each feature
 * @param ignored why each other column is left out, to follow its name
 * @param model the {@code type} of the model
 * @param rows how many there are
 */
public record StarterConfig(
    List<String> label,
    Map<String, String> features,
    Map<String, String> ignored,
    String model,
    long rows) {
  public StarterConfig {
    label = List.copyOf(label);
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    ignored = Collections.unmodifiableMap(new LinkedHashMap<>(ignored));
  }

  /** Reads columns of the file. */
  @FunctionalInterface
  public interface Reader {
    /** Every row of some columns. */
    CodedRows read(List<CodedColumn> columns);
  }

  /**
   * Looks at the values of every column.
   *
   * @param source what messages call the file
   * @param columns the file's
   * @param labels what is to be predicted
   * @param store keeps rows
   * @throws DataException where a label is not there or can't be learnt, or no feature is left
   */
  public static StarterConfig of(
      String source,
      List<ColumnInfo> columns,
      List<String> labels,
      BlockStore store,
      Reader reader) {
    Columns.require(
        source, columns.stream().map(ColumnInfo::name).toList(), labels, "--label names");
    boolean classes = hasClasses(source, columns, labels);
    Map<String, String> ignored = new LinkedHashMap<>();
    for (ColumnInfo column : columns) {
      if (column.kind() == ColumnInfo.Kind.OTHER && !labels.contains(column.name())) {
        ignored.put(column.name(), "holds lists, structures or binary values");
      }
    }
    ColumnSelection selection =
        ColumnSelector.inferring(source, columns, labels, ignored.keySet(), classes);
    CodedRows all = reader.read(selection.codedColumns());
    CodedRows rows = LabelledRows.of(all, labels, source).select(all, store);
    ColumnSelection.Checked checked = selection.afterReading(rows);
    ignored.putAll(checked.ignored());
    Map<String, String> features = new LinkedHashMap<>();
    checked
        .selection()
        .features()
        .forEach(
            (name, feature) -> {
              if (feature instanceof FeatureConfig.Datetime && hasMissing(rows, name)) {
                ignored.put(
                    name, "has missing dates, and a row without one would have no prediction");
              } else {
                features.put(name, feature.typeName());
              }
            });
    if (features.isEmpty()) {
      throw new DataException(
          source
              + " has no column to learn from: "
              + ignored.entrySet().stream()
                  .map(each -> "'" + each.getKey() + "' " + each.getValue())
                  .collect(Collectors.joining("; ")));
    }
    return new StarterConfig(
        labels, features, ignored, StarterModel.of(rows, labels, classes, source), all.rows());
  }

  /** The members of the config, but its data and its name. */
  public Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("label", label.size() == 1 ? label.get(0) : label);
    if (!ignored.isEmpty()) {
      members.put("ignore", new ArrayList<>(ignored.keySet()));
    }
    members.put("features", features);
    members.put("model", model);
    members.put("training", Map.of());
    return members;
  }

  /** What {@code description} says of a file. */
  public String description(String source) {
    String left =
        ignored.entrySet().stream()
            .map(each -> "'" + each.getKey() + "' " + each.getValue())
            .collect(Collectors.joining("; "));
    return "%s: %d rows, %d features%s"
        .formatted(source, rows, features.size(), left.isEmpty() ? "" : ". Ignored: " + left);
  }

  private static boolean hasClasses(String source, List<ColumnInfo> columns, List<String> labels) {
    boolean classes = false;
    for (ColumnInfo column : columns) {
      if (labels.contains(column.name())) {
        classes |= column.kind() != ColumnInfo.Kind.NUMERIC;
        if (column.kind() != ColumnInfo.Kind.NUMERIC && labels.size() > 1) {
          throw new DataException(
              "%s: label '%s' must hold numbers where there are several labels; train one model for it"
                  .formatted(source, column.name()));
        }
      }
    }
    return classes;
  }

  private static boolean hasMissing(CodedRows rows, String column) {
    int place = rows.index(new CodedColumn(column, CellCoding.DAY));
    for (FloatBlock block : rows.values().blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        if (Double.isNaN(block.get(row, place))) {
          return true;
        }
      }
    }
    return false;
  }
}
