package dev.slope.evaluation;

/**
 * Precision, recall and f1 over the classes, as scikit-learn's {@code average}.
 *
 * @param macro their plain means over the classes that occur in the labels or the predictions
 * @param micro those of all decisions together: each is the accuracy
 * @param weighted their means over the classes, each times the weight of its rows
 */
public record ClassAverages(Average macro, Average micro, Average weighted) {
  /** One kind of mean. */
  public record Average(double precision, double recall, double f1) {}
}
