package dev.slope.evaluation;

import dev.slope.config.MetricName;
import dev.slope.evaluation.ClassAverages.Average;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What follows from how much weight of each class is predicted to be of which. Ratios are 0 where
 * they would divide by zero.
 *
 * @param classes the metrics of each class
 * @param averages over the classes
 * @param total all weight
 * @param accuracy the part of it that is predicted as it is
 * @param balancedAccuracy the mean recall of the classes that rows are of
 */
record Decisions(
    List<ClassMetrics> classes,
    ClassAverages averages,
    double total,
    double accuracy,
    double balancedAccuracy) {

  /**
   * Computes them.
   *
   * @param names of the classes
   * @param rows for each class, how many rows are of it
   * @param weights by the class that rows are of, then by the predicted one
   * @throws IllegalStateException where they sum to 0
   */
  static Decisions of(List<String> names, long[] rows, double[][] weights) {
    List<ClassMetrics> classes = new ArrayList<>();
    List<ClassMetrics> occurring = new ArrayList<>();
    double total = 0;
    double right = 0;
    double recalls = 0;
    int actualClasses = 0;
    double[] weighted = new double[3];
    for (int place = 0; place < names.size(); place++) {
      double ofClass = 0;
      double asClass = 0;
      for (int other = 0; other < names.size(); other++) {
        ofClass += weights[place][other];
        asClass += weights[other][place];
      }
      double both = weights[place][place];
      ClassMetrics metrics =
          new ClassMetrics(
              names.get(place),
              rows[place],
              ratio(both, asClass),
              ratio(both, ofClass),
              ratio(2 * both, ofClass + asClass));
      classes.add(metrics);
      if (ofClass + asClass > 0) {
        occurring.add(metrics);
      }
      if (ofClass > 0) {
        recalls += metrics.recall();
        actualClasses++;
      }
      weighted[0] += ofClass * metrics.precision();
      weighted[1] += ofClass * metrics.recall();
      weighted[2] += ofClass * metrics.f1();
      total += ofClass;
      right += both;
    }
    if (!(total > 0)) {
      throw new IllegalStateException("the weights of all rows must sum to > 0, but were " + total);
    }
    double accuracy = right / total;
    return new Decisions(
        classes,
        new ClassAverages(
            new Average(
                mean(occurring, ClassMetrics::precision),
                mean(occurring, ClassMetrics::recall),
                mean(occurring, ClassMetrics::f1)),
            new Average(accuracy, accuracy, accuracy),
            new Average(weighted[0] / total, weighted[1] / total, weighted[2] / total)),
        total,
        accuracy,
        recalls / actualClasses);
  }

  /**
   * The metrics of decisions by name.
   *
   * @param positive whether precision, recall and f1 are the second class's; else the macro means
   */
  Map<String, Double> byName(boolean positive) {
    ClassMetrics second = classes.get(1);
    Average average =
        positive ? new Average(second.precision(), second.recall(), second.f1()) : averages.macro();
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(MetricName.ACCURACY.key(), accuracy);
    values.put(MetricName.BALANCED_ACCURACY.key(), balancedAccuracy);
    values.put(MetricName.PRECISION.key(), average.precision());
    values.put(MetricName.RECALL.key(), average.recall());
    values.put(MetricName.F1.key(), average.f1());
    return values;
  }

  private static double mean(List<ClassMetrics> classes, ToDoubleFunction<ClassMetrics> metric) {
    return classes.stream().mapToDouble(metric).average().orElse(0);
  }

  static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }
}
