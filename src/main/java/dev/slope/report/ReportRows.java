package dev.slope.report;

import dev.slope.data.FloatMatrix;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows for the page and the pictures, taken evenly from all.
 *
 * @param feature the only feature, where it can be an axis; else null
 * @param x its values
 * @param targets by label
 * @param predictions by label
 */
public record ReportRows(
    @Nullable String feature,
    @Nullable List<Double> x,
    Map<String, List<Double>> targets,
    Map<String, List<Double>> predictions) {
  /** More dots than this hide each other, and make files heavy. */
  private static final int ROWS = 2_000;

  /**
   * A sample.
   *
   * @param features one column where it can be an axis, else none
   * @param targets a column a label
   * @param predictions as many rows and columns
   */
  public static ReportRows of(FloatMatrix features, FloatMatrix targets, FloatMatrix predictions) {
    long[] rows = RowSample.indices(targets.rows(), ROWS);
    boolean isAxis = features.columns() == 1;
    Map<String, List<Double>> truth = new LinkedHashMap<>();
    Map<String, List<Double>> predicted = new LinkedHashMap<>();
    for (int label = 0; label < targets.columns(); label++) {
      truth.put(targets.names().get(label), values(targets, label, rows));
      predicted.put(targets.names().get(label), values(predictions, label, rows));
    }
    return new ReportRows(
        isAxis ? features.names().get(0) : null,
        isAxis ? values(features, 0, rows) : null,
        truth,
        predicted);
  }

  /** What the model answers for a label. */
  List<Double> predictions(String label) {
    return Objects.requireNonNull(predictions.get(label), label);
  }

  private static List<Double> values(FloatMatrix matrix, int column, long[] rows) {
    return Arrays.stream(RowSample.column(matrix, column, rows)).boxed().toList();
  }
}
