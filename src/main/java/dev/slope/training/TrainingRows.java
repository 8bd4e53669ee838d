package dev.slope.training;

import dev.slope.data.FloatMatrix;
import org.jspecify.annotations.Nullable;

/**
 * Rows to train on or to validate with; all matrices have the same rows.
 *
 * @param rawFeatures before the transforms
 * @param labels the truth: one column an output; for a classifier one column, 0 or 1 or the index
 *     of the class
 * @param weights one column, not negative, of a positive sum; null where every row counts the same
 * @param offsets one column that is added to every score; null where there is none
 */
public record TrainingRows(
    FloatMatrix rawFeatures,
    FloatMatrix labels,
    @Nullable FloatMatrix weights,
    @Nullable FloatMatrix offsets) {
  public TrainingRows {
    if (labels.rows() == 0) {
      throw new IllegalArgumentException("labels must have at least 1 row, but have 0");
    }
    requireRows("rawFeatures", rawFeatures, labels.rows());
    requireRows("weights", weights, labels.rows());
    requireRows("offsets", offsets, labels.rows());
  }

  /** Rows that all count the same, without offsets. */
  public TrainingRows(FloatMatrix rawFeatures, FloatMatrix labels) {
    this(rawFeatures, labels, null, null);
  }

  /** Whether they don't fit into memory. */
  boolean isInFile() {
    return rawFeatures.isInFile();
  }

  private static void requireRows(String name, @Nullable FloatMatrix matrix, long rows) {
    if (matrix != null && matrix.rows() != rows) {
      throw new IllegalArgumentException(
          "%s must have %d rows as the labels do, but has %d".formatted(name, rows, matrix.rows()));
    }
  }
}
