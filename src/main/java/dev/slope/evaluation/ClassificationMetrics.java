package dev.slope.evaluation;

import java.util.List;

/**
 * How well classes are predicted.
 *
 * @param rows how many were measured, at least 1
 * @param classes of the model, in its order
 * @param confusion numbers of rows: a list for each class that rows are of, in it a number for each
 *     class that they are predicted to be of
 * @param values the metrics by name
 */
public record ClassificationMetrics(
    long rows, List<ClassMetrics> classes, List<List<Long>> confusion, MetricValues values)
    implements ModelMetrics {
  public ClassificationMetrics {
    classes = List.copyOf(classes);
    confusion = confusion.stream().map(List::copyOf).toList();
  }
}
