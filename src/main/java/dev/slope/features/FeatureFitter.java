package dev.slope.features;

import dev.slope.config.FeatureConfig;
import dev.slope.config.Scaling;
import dev.slope.data.DataException;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Learns what the transforms need from the training rows, and from no others. */
public final class FeatureFitter {
  private FeatureFitter() {}

  /**
   * Fits one transform a column.
   *
   * @param byColumn the transform of each column, in the order of the columns of {@code raw}
   * @param raw the training rows; at least one
   * @throws DataException where a column's spread is more than float32 holds
   */
  public static FittedFeatures fit(Map<String, FeatureConfig> byColumn, FloatMatrix raw) {
    if (!List.copyOf(byColumn.keySet()).equals(raw.names())) {
      throw new IllegalArgumentException(
          "columns must be those of the transforms, "
              + byColumn.keySet()
              + ", but are "
              + raw.names());
    }
    List<ColumnStatistics> statistics = ColumnStatistics.of(raw);
    List<FittedFeature> fitted = new ArrayList<>();
    for (FeatureConfig feature : byColumn.values()) {
      int column = fitted.size();
      fitted.add(fit(raw.names().get(column), feature, statistics.get(column)));
    }
    return new FittedFeatures(fitted);
  }

  /** The columns that have one value in every row: a model learns nothing from them. */
  public static List<String> constantColumns(FloatMatrix raw) {
    List<ColumnStatistics> statistics = ColumnStatistics.of(raw);
    List<String> constant = new ArrayList<>();
    for (int column = 0; column < raw.columns(); column++) {
      if (statistics.get(column).isConstant()) {
        constant.add(raw.names().get(column));
      }
    }
    return List.copyOf(constant);
  }

  private static FittedFeature fit(
      String column, FeatureConfig feature, ColumnStatistics statistics) {
    if (feature instanceof FeatureConfig.Numeric numeric) {
      return fit(column, numeric.scaling(), statistics);
    }
    throw new AssertionError("no transform for " + feature.getClass().getSimpleName());
  }

  private static FittedFeature fit(String column, Scaling scaling, ColumnStatistics statistics) {
    return switch (scaling) {
      case NONE -> new FittedFeature.Numeric(column, scaling, 0, 1);
      case STANDARD ->
          new FittedFeature.Numeric(
              column,
              scaling,
              (float) statistics.mean(),
              divisor(column, statistics, statistics.standardDeviation()));
      case LOG1P -> throw new AssertionError("log1p is fitted by its own rule");
      case MIN_MAX ->
          new FittedFeature.Numeric(
              column,
              scaling,
              statistics.min(),
              divisor(column, statistics, (double) statistics.max() - statistics.min()));
    };
  }

  private static float divisor(String column, ColumnStatistics statistics, double spread) {
    float divisor = (float) spread;
    if (Float.isInfinite(divisor)) {
      throw new DataException(
          "column '%s' must span at most %s, but runs from %s to %s"
              .formatted(column, Float.MAX_VALUE, statistics.min(), statistics.max()));
    }
    // A spread so small that float32 has no number for it scales nothing.
    return statistics.isConstant() || divisor == 0 ? 1 : divisor;
  }
}
