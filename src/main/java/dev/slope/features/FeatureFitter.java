package dev.slope.features;

import dev.slope.config.FeatureConfig;
import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.DataException;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Learns what the transforms need from the training rows, and from no others, in scans over all
 * columns together.
 */
public final class FeatureFitter {
  private final Map<String, FeatureConfig> byName;
  private final CodedRows training;
  private final Set<String> integers;
  private final Map<String, FeatureLearner> learners = new LinkedHashMap<>();

  private FeatureFitter(
      Map<String, FeatureConfig> byName, CodedRows training, Set<String> integers) {
    this.byName = byName;
    this.training = training;
    this.integers = integers;
  }

  /**
   * Fits the transforms of columns of which none holds integers that are categories.
   *
   * @param byName the features, in the order of the model's inputs
   * @param training the training rows; at least one
   * @throws DataException where a column can't be what its feature asks for
   */
  public static FittedFeatures fit(Map<String, FeatureConfig> byName, CodedRows training) {
    return fit(byName, training, Set.of());
  }

  /**
   * Fits the transforms.
   *
   * @param byName the features, in the order of the model's inputs
   * @param training the training rows; at least one. Those that {@link DroppedRows} finds must not
   *     be among them
   * @param integers the columns read as texts that hold numbers in their source: integers are their
   *     categories
   * @throws DataException where a column can't be what its feature asks for: the message names it
   *     and, where one is to blame, the training row, counted from 1
   */
  public static FittedFeatures fit(
      Map<String, FeatureConfig> byName, CodedRows training, Set<String> integers) {
    requireRows(training.values());
    return new FeatureFitter(byName, training, integers).fit();
  }

  /** Fits transforms of numbers, one a column. */
  public static FittedFeatures fit(Map<String, FeatureConfig> byColumn, FloatMatrix raw) {
    if (!List.copyOf(byColumn.keySet()).equals(raw.names())) {
      throw new IllegalArgumentException(
          "columns must be those of the transforms, "
              + byColumn.keySet()
              + ", but are "
              + raw.names());
    }
    return fit(byColumn, CodedRows.ofNumbers(raw));
  }

  /** The columns that have one value in every row: a model learns nothing from them. */
  public static List<String> constantColumns(CodedRows rows) {
    return constantColumns(rows.values());
  }

  /** The columns that have one value in every row: a model learns nothing from them. */
  public static List<String> constantColumns(FloatMatrix raw) {
    requireRows(raw);
    List<ConstantColumn> cells = new ArrayList<>();
    for (int column = 0; column < raw.columns(); column++) {
      cells.add(new ConstantColumn(column));
    }
    ColumnLearner.learn(raw, cells);
    // A date is two columns of one name.
    Set<String> constant = new LinkedHashSet<>(raw.names());
    for (int column = 0; column < raw.columns(); column++) {
      if (!cells.get(column).isConstant()) {
        constant.remove(raw.names().get(column));
      }
    }
    return List.copyOf(constant);
  }

  private static void requireRows(FloatMatrix rows) {
    if (rows.rows() == 0) {
      throw new IllegalArgumentException("rows must be at least 1, but were 0");
    }
  }

  private FittedFeatures fit() {
    byName.forEach(this::addLearner);
    ColumnLearner.learn(training.values(), List.copyOf(learners.values()));
    Map<String, FittedFeature> learnt = new LinkedHashMap<>();
    learners.forEach((name, learner) -> learnt.put(name, learner.fitted()));
    List<FittedFeature> fitted = new ArrayList<>();
    byName.forEach((name, feature) -> fitted.add(fitted(name, feature, learnt)));
    return new FittedFeatures(fitted);
  }

  private void addLearner(String name, FeatureConfig feature) {
    if (feature instanceof FeatureConfig.Numeric numeric) {
      learners.put(
          name,
          new NumberLearner(
              name, numeric, CodedIndex.ofNumber(training, name), training.values().precision()));
    } else if (feature instanceof FeatureConfig.Categorical categorical) {
      learners.put(
          name,
          new CategoryLearner(
              text(name), categorical, index(name, CellCoding.TEXT), training.dictionary(name)));
    } else if (feature instanceof FeatureConfig.Datetime datetime) {
      learners.put(
          name,
          new DatetimeLearner(
              name,
              datetime,
              index(name, CellCoding.DAY),
              index(name, CellCoding.SECOND),
              training.values().precision()));
    }
  }

  private FittedFeature fitted(
      String name, FeatureConfig feature, Map<String, FittedFeature> learnt) {
    FittedFeature known = learnt.get(name);
    if (known != null) {
      return known;
    }
    if (feature instanceof FeatureConfig.Hashed hashed) {
      return new FittedFeature.Hashed(text(name), hashed.buckets());
    }
    if (feature instanceof FeatureConfig.Crossed crossed) {
      List<FittedFeature.Crossed.CrossedColumn> parts =
          crossed.columns().stream().map(column -> crossedColumn(column, learnt)).toList();
      return new FittedFeature.Crossed(name, parts, crossed.buckets());
    }
    if (feature instanceof FeatureConfig.Truth) {
      return new FittedFeature.Truth(name);
    }
    if (feature instanceof FeatureConfig.Text text) {
      return new FittedFeature.Text(name, text.buckets(), text.ngrams());
    }
    throw new AssertionError("no transform for " + feature.getClass().getSimpleName());
  }

  private FittedFeature.Crossed.CrossedColumn crossedColumn(
      String column, Map<String, FittedFeature> learnt) {
    if (learnt.get(column) instanceof FittedFeature.Bucketized bucketized) {
      return new FittedFeature.Crossed.CrossedColumn(
          new RawColumn(column, RawColumn.Type.NUMBER), bucketized);
    }
    if (training.index(new CodedColumn(column, CellCoding.TRUTH)) >= 0) {
      return new FittedFeature.Crossed.CrossedColumn(
          new RawColumn(column, RawColumn.Type.TRUTH), null);
    }
    index(column, CellCoding.TEXT);
    return new FittedFeature.Crossed.CrossedColumn(text(column), null);
  }

  private RawColumn text(String name) {
    return new RawColumn(
        name, integers.contains(name) ? RawColumn.Type.INTEGER : RawColumn.Type.STRING);
  }

  private int index(String name, CellCoding coding) {
    return CodedIndex.of(training, name, coding);
  }
}
