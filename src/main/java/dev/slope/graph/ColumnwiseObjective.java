package dev.slope.graph;

/**
 * Objectives of many trainings of one model with one score a row, each of which is a column of the
 * weights: {@code [inputs, columns]}, with {@code [columns]} intercepts and losses.
 */
public sealed interface ColumnwiseObjective extends Objective
    permits ColumnwiseRowsObjective, ColumnwiseQuadraticObjective {
  @Override
  default boolean isColumnwise() {
    return true;
  }
}
