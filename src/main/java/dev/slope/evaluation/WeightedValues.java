package dev.slope.evaluation;

/** Values with weights that can be visited again, always the same in the same order. */
@FunctionalInterface
interface WeightedValues {
  /** Visits all values. */
  void forEach(Visitor visitor);

  /** Takes a value, which is finite, and its weight. */
  @FunctionalInterface
  interface Visitor {
    void visit(double value, double weight);
  }
}
