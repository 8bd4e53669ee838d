package dev.slope.features;

import dev.slope.data.CodedRows;
import dev.slope.data.DataException;
import dev.slope.data.FloatBlock;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The model that fits labels of which nothing but their values is known. */
final class StarterModel {
  /** More classes than so many are names. */
  private static final int MOST_CLASSES = 100;

  private StarterModel() {}

  /**
   * The {@code type} of the model.
   *
   * @param rows with a label each
   * @param labels in order
   * @param source what messages call the data
   * @throws DataException where no model fits them
   */
  static String of(CodedRows rows, List<String> labels, boolean classes, String source) {
    if (labels.size() > 1) {
      return "linear_regression";
    }
    int place = LabelColumns.place(rows, labels.get(0));
    if (!classes) {
      return hasTwoValues(rows, place) ? "logistic_regression" : "linear_regression";
    }
    int different = texts(rows, place);
    if (different == 1) {
      throw new DataException(
          "%s: label '%s' has the same value in all %d rows, so there is nothing to learn"
              .formatted(source, labels.get(0), rows.rows()));
    }
    if (different > MOST_CLASSES || (different > 2 && 2L * different > rows.rows())) {
      throw new DataException(
          ("%s: label '%s' must be numbers or classes, but has %d different texts in %d rows; name"
                  + " another column")
              .formatted(source, labels.get(0), different, rows.rows()));
    }
    return different == 2 ? "logistic_regression" : "softmax_regression";
  }

  /** Two values, and more rows than that: a quantity seldom comes back. */
  private static boolean hasTwoValues(CodedRows rows, int place) {
    Set<Double> values = new HashSet<>();
    for (FloatBlock block : rows.values().blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        values.add(block.get(row, place) + 0.0);
        if (values.size() > 2) {
          return false;
        }
      }
    }
    return values.size() == 2 && rows.rows() > 2;
  }

  private static int texts(CodedRows rows, int place) {
    BitSet codes = new BitSet();
    for (FloatBlock block : rows.values().blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        codes.set((int) block.get(row, place));
      }
    }
    return codes.cardinality();
  }
}
