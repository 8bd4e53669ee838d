package dev.slope.evaluation;

/** Rows with their scores, which can be visited again and again, always the same. */
@FunctionalInterface
public interface ScoredRows {
  /** Visits all rows. */
  void forEach(Visitor visitor);

  /** Takes a row. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Takes a row.
     *
     * @param target the label
     * @param score of the model, the offset included
     * @param offset that it includes; 0 where there is none
     * @param weight at least 0
     */
    void visit(double target, double score, double offset, double weight);
  }
}
