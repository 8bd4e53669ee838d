package dev.slope.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well classes are predicted.
 *
 * @param rows how many were measured, at least 1
 * @param classes of the model, in its order
 * @param averages over the classes
 * @param confusion numbers of rows: a list for each class that rows are of, in it a number for each
 *     class that they are predicted to be of
 * @param calibration of two classes with probabilities, in order, ranges without rows left out;
 *     else null
 * @param bestThreshold of two classes with probabilities; null of others, and where no threshold
 *     finds a row of the positive class
 * @param values the metrics by name
 * @param baseline the same of the constant baseline; null where there is none
 */
public record ClassificationMetrics(
    long rows,
    List<ClassMetrics> classes,
    ClassAverages averages,
    List<List<Long>> confusion,
    @Nullable List<CalibrationBin> calibration,
    @Nullable BestThreshold bestThreshold,
    MetricValues values,
    @Nullable MetricValues baseline)
    implements ModelMetrics {
  public ClassificationMetrics {
    classes = List.copyOf(classes);
    confusion = confusion.stream().map(List::copyOf).toList();
    calibration = calibration == null ? null : List.copyOf(calibration);
  }
}
