package dev.slope.features;

import dev.slope.config.FeatureConfig;
import dev.slope.config.MissingConfig;
import dev.slope.config.RunConfig;
import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.ColumnInfo;
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
 * Which columns of a source a run uses, and how.
 *
 * <p>It is made in two steps: {@link #of} finds the columns before anything is read, {@link
 * #afterReading} leaves out those that nothing can be learnt from.
 *
 * @param features by name, in the order of the model's inputs; none is {@link FeatureConfig.Auto}
 * @param labels in the order of the config
 * @param weight says how much each row counts; absent where every row counts the same
 * @param offset is added to every score; absent where nothing is
 * @param kinds of all columns that are used
 * @param inferred the features whose columns the config does not name: all their kinds decide
 * @param hasClasses whether labels say classes, so that they may be texts
 */
public record ColumnSelection(
    Map<String, FeatureConfig> features,
    List<String> labels,
    @Nullable String weight,
    @Nullable String offset,
    Map<String, ColumnInfo.Kind> kinds,
    Set<String> inferred,
    boolean hasClasses) {
  public ColumnSelection {
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    labels = List.copyOf(labels);
    kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
    inferred = Collections.unmodifiableSet(new LinkedHashSet<>(inferred));
  }

  /**
   * Finds a run's columns in its source.
   *
   * @param run names labels and features
   * @param source what messages call the source
   * @param columns the source's
   * @throws dev.slope.data.DataException where one is missing or is not what it is used as, or no
   *     feature is left
   */
  public static ColumnSelection of(RunConfig run, String source, List<ColumnInfo> columns) {
    return ColumnSelector.select(run, source, columns);
  }

  /**
   * Leaves out what nothing can be learnt from, of the columns that the config does not name: those
   * that have one value in every row, and those that look like identifiers. A boolean column with
   * missing cells becomes a category.
   *
   * @param trainingRows the rows of {@link #codedColumns()} that train
   * @throws dev.slope.data.DataException where no feature is left
   */
  public Checked afterReading(CodedRows trainingRows) {
    return new ColumnCheck(this, trainingRows).check();
  }

  /**
   * Columns whose values were looked at.
   *
   * @param selection what is left
   * @param ignored why each column that is not left is ignored, to follow "column 'x'"
   * @param warnings the same in whole sentences, with what to do
   */
  public record Checked(
      ColumnSelection selection, Map<String, String> ignored, List<String> warnings) {
    public Checked {
      ignored = Collections.unmodifiableMap(new LinkedHashMap<>(ignored));
      warnings = List.copyOf(warnings);
    }
  }

  /** Everything to read, each once: features, then labels, then the weight and the offset. */
  public List<CodedColumn> codedColumns() {
    List<CodedColumn> coded = new ArrayList<>();
    for (Map.Entry<String, FeatureConfig> feature : features.entrySet()) {
      coded.addAll(codedColumns(feature.getKey(), feature.getValue()));
    }
    coded.addAll(labelColumns());
    for (String numbers : otherNumbers()) {
      coded.add(new CodedColumn(numbers, CellCoding.NUMBER));
    }
    return CodedRows.distinct(coded);
  }

  /** How the labels are read, in order. */
  public List<CodedColumn> labelColumns() {
    return labels.stream()
        .map(label -> FittedLabels.coded(new ColumnInfo(label, kind(label)), hasClasses))
        .toList();
  }

  /**
   * A column that a feature needs, as a served model takes it.
   *
   * @param column of the data: of a feature, or of a cross
   */
  public RawColumn rawColumn(String column) {
    FeatureConfig feature = features.get(column);
    return new RawColumn(
        column, feature == null ? crossedType(kind(column)) : type(feature, kind(column)));
  }

  /** The features whose categories are integers, as their columns hold numbers. */
  public Set<String> integers() {
    Set<String> integers = new LinkedHashSet<>();
    features.forEach(
        (name, feature) -> {
          if (!(feature instanceof FeatureConfig.Crossed)
              && type(feature, kind(name)) == RawColumn.Type.INTEGER) {
            integers.add(name);
          }
        });
    return integers;
  }

  private static RawColumn.Type type(FeatureConfig feature, ColumnInfo.Kind kind) {
    if (feature instanceof FeatureConfig.Numeric) {
      return RawColumn.Type.NUMBER;
    }
    if (feature instanceof FeatureConfig.Categorical || feature instanceof FeatureConfig.Hashed) {
      return kind == ColumnInfo.Kind.NUMERIC ? RawColumn.Type.INTEGER : RawColumn.Type.STRING;
    }
    if (feature instanceof FeatureConfig.Truth) {
      return RawColumn.Type.TRUTH;
    }
    if (feature instanceof FeatureConfig.Datetime) {
      return RawColumn.Type.TIME;
    }
    if (feature instanceof FeatureConfig.Text) {
      return RawColumn.Type.STRING;
    }
    throw new AssertionError("no column of " + feature.getClass().getSimpleName());
  }

  /** Of a column that is no feature by itself. */
  private static RawColumn.Type crossedType(ColumnInfo.Kind kind) {
    return kind == ColumnInfo.Kind.BOOLEAN ? RawColumn.Type.TRUTH : RawColumn.Type.STRING;
  }

  private List<CodedColumn> codedColumns(String name, FeatureConfig feature) {
    if (feature instanceof FeatureConfig.Crossed crossed) {
      return crossed.columns().stream()
          .flatMap(
              column -> {
                FeatureConfig own = features.get(column);
                return (own == null ? rawColumn(column).codings() : codedColumns(column, own))
                    .stream();
              })
          .toList();
    }
    if (feature instanceof FeatureConfig.Numeric numeric
        && numeric.missing() instanceof MissingConfig.Refuse) {
      return List.of(new CodedColumn(name, CellCoding.NUMBER));
    }
    List<CodedColumn> coded = new ArrayList<>(rawColumn(name).codings());
    if (feature instanceof FeatureConfig.Truth && inferred.contains(name)) {
      // Where a cell is missing it becomes a category.
      coded.add(new CodedColumn(name, CellCoding.TEXT));
    }
    return coded;
  }

  private List<String> otherNumbers() {
    List<String> names = new ArrayList<>();
    if (weight != null) {
      names.add(weight);
    }
    if (offset != null) {
      names.add(offset);
    }
    return names;
  }

  private ColumnInfo.Kind kind(String column) {
    return Objects.requireNonNull(kinds.get(column), column);
  }
}
