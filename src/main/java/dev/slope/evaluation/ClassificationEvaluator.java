package dev.slope.evaluation;

import dev.slope.config.BinaryLink;
import dev.slope.config.MetricName;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.ClassProbability;
import dev.slope.features.FittedLabels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Measures scores of classes: scikit-learn's metrics of the same names, every row times its weight,
 * summed in float64 in the order of the rows.
 *
 * <p>With one score precision, recall and f1 are those of the positive class; with a score for each
 * class they are macro averages over the classes that occur in the labels or the predictions, as
 * scikit-learn's {@code average="macro"}, and auc is the mean over the classes of one against the
 * rest ({@code multi_class="ovr"}). The log loss is computed from the scores, so a wrong row that
 * is all but certain counts in full where clipped probabilities would hide it. The brier score is
 * the mean of {@code (p - y)^2} of the positive class, with a score for each class of its sum over
 * the classes. Margins have neither log loss nor brier score.
 */
public final class ClassificationEvaluator {
  private final FittedLabels.Classes labels;
  private final int classes;
  private final long[][] rowCounts;
  private final double[][] weightSums;
  private double logLosses;
  private double squaredErrors;

  private ClassificationEvaluator(FittedLabels.Classes labels) {
    this.labels = labels;
    this.classes = labels.classes().size();
    this.rowCounts = new long[classes][classes];
    this.weightSums = new double[classes][classes];
  }

  /**
   * Measures whole matrices.
   *
   * @param labels what the classes are, and which a score stands for
   * @param truth each row's class as its place among the classes, one column
   * @param scores of the same rows and blocks, a column an output, finite
   * @param weights of the same rows and blocks, one column, each at least 0; null where every row
   *     counts the same
   */
  public static ClassificationMetrics evaluate(
      FittedLabels.Classes labels,
      FloatMatrix truth,
      FloatMatrix scores,
      @Nullable FloatMatrix weights) {
    if (truth.blocks().size() != scores.blocks().size() || truth.rows() != scores.rows()) {
      throw new IllegalArgumentException(
          "scores must be of %d rows in %d blocks as the labels are, but were of %d in %d"
              .formatted(
                  truth.rows(), truth.blocks().size(), scores.rows(), scores.blocks().size()));
    }
    if (scores.columns() != labels.outputs().size()) {
      throw new IllegalArgumentException(
          "scores must have the columns %s, but had %d columns"
              .formatted(labels.outputs(), scores.columns()));
    }
    ClassificationEvaluator evaluator = new ClassificationEvaluator(labels);
    for (int block = 0; block < truth.blocks().size(); block++) {
      evaluator.add(
          truth.blocks().get(block),
          scores.blocks().get(block),
          weights == null ? null : weights.blocks().get(block));
    }
    return evaluator.metrics(truth, scores, weights);
  }

  private void add(FloatBlock truth, FloatBlock scores, @Nullable FloatBlock weights) {
    for (int row = 0; row < truth.rows(); row++) {
      for (int output = 0; output < scores.columns(); output++) {
        if (!Double.isFinite(scores.get(row, output))) {
          throw new IllegalArgumentException(
              "a score must be a finite number, but was " + scores.get(row, output));
        }
      }
      double weight = weights == null ? 1 : weights.get(row, 0);
      int actual = (int) truth.get(row, 0);
      int predicted = labels.decide(scores, row);
      rowCounts[actual][predicted]++;
      weightSums[actual][predicted] += weight;
      if (labels.hasProbabilities() && weight > 0) {
        addProbabilities(scores, row, actual, weight);
      }
    }
  }

  private void addProbabilities(FloatBlock scores, int row, int actual, double weight) {
    if (labels instanceof FittedLabels.Binary binary) {
      BinaryLink link = binary.probabilityLink();
      double score = scores.get(row, 0);
      logLosses += weight * ClassProbability.logLoss(link, score, actual == 1);
      double error = ClassProbability.of(link, score) - actual;
      squaredErrors += weight * error * error;
      return;
    }
    double logSum = logSumOfExponentials(scores, row);
    logLosses += weight * (logSum - scores.get(row, actual));
    for (int output = 0; output < classes; output++) {
      double probability = Math.exp(scores.get(row, output) - logSum);
      double error = probability - (output == actual ? 1 : 0);
      squaredErrors += weight * error * error;
    }
  }

  /** {@code log(sum of e^score)} of a row without overflow. */
  private static double logSumOfExponentials(FloatBlock scores, int row) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int output = 0; output < scores.columns(); output++) {
      largest = Math.max(largest, scores.get(row, output));
    }
    double sum = 0;
    for (int output = 0; output < scores.columns(); output++) {
      sum += Math.exp(scores.get(row, output) - largest);
    }
    return largest + Math.log(sum);
  }

  private ClassificationMetrics metrics(
      FloatMatrix truth, FloatMatrix scores, @Nullable FloatMatrix weights) {
    double total = 0;
    double right = 0;
    List<ClassMetrics> perClass = new ArrayList<>();
    List<List<Long>> confusion = new ArrayList<>();
    List<ClassMetrics> occurring = new ArrayList<>();
    double recalls = 0;
    int actualClasses = 0;
    for (int place = 0; place < classes; place++) {
      double ofClass = 0;
      double asClass = 0;
      long rows = 0;
      List<Long> counts = new ArrayList<>();
      for (int other = 0; other < classes; other++) {
        ofClass += weightSums[place][other];
        asClass += weightSums[other][place];
        rows += rowCounts[place][other];
        counts.add(rowCounts[place][other]);
      }
      double both = weightSums[place][place];
      ClassMetrics metrics =
          new ClassMetrics(
              labels.classes().get(place),
              rows,
              ratio(both, asClass),
              ratio(both, ofClass),
              ratio(2 * both, ofClass + asClass));
      perClass.add(metrics);
      confusion.add(counts);
      if (ofClass + asClass > 0) {
        occurring.add(metrics);
      }
      if (ofClass > 0) {
        recalls += metrics.recall();
        actualClasses++;
      }
      total += ofClass;
      right += both;
    }
    if (!(total > 0)) {
      throw new IllegalStateException("the weights of all rows must sum to > 0, but were " + total);
    }
    List<ClassMetrics> averaged = scores.columns() == 1 ? perClass.subList(1, 2) : occurring;
    Map<MetricName, Double> values = new LinkedHashMap<>();
    values.put(MetricName.ACCURACY, right / total);
    values.put(MetricName.BALANCED_ACCURACY, recalls / actualClasses);
    values.put(MetricName.PRECISION, mean(averaged, ClassMetrics::precision));
    values.put(MetricName.RECALL, mean(averaged, ClassMetrics::recall));
    values.put(MetricName.F1, mean(averaged, ClassMetrics::f1));
    boolean isLogLossFinite = Double.isFinite(logLosses);
    if (labels.hasProbabilities()) {
      if (isLogLossFinite) {
        values.put(MetricName.LOG_LOSS, logLosses / total);
      }
      values.put(MetricName.BRIER, squaredErrors / total);
    }
    Map<String, Double> byName = new LinkedHashMap<>();
    values.forEach((metric, value) -> byName.put(metric.key(), value));
    Map<String, String> undefined = new LinkedHashMap<>();
    if (labels.hasProbabilities() && !isLogLossFinite) {
      undefined.put(MetricName.LOG_LOSS.key(), "a row's is more than any number");
    }
    addArea(truth, scores, weights, byName, undefined);
    return new ClassificationMetrics(
        truth.rows(), perClass, confusion, new MetricValues(byName, undefined));
  }

  private void addArea(
      FloatMatrix truth,
      FloatMatrix scores,
      @Nullable FloatMatrix weights,
      Map<String, Double> values,
      Map<String, String> undefined) {
    boolean oneScore = scores.columns() == 1;
    int rows = Math.toIntExact(truth.rows());
    double sum = 0;
    for (int output = 0; output < scores.columns(); output++) {
      int place = oneScore ? 1 : output;
      OptionalDouble area = RankingArea.of(truth, place, ranks(scores, output, rows), weights);
      if (area.isEmpty()) {
        undefined.put(
            MetricName.AUC.key(),
            "class '%s' has all the rows or none".formatted(labels.classes().get(place)));
        return;
      }
      sum += area.getAsDouble();
    }
    values.put(MetricName.AUC.key(), sum / scores.columns());
  }

  /** One score ranks as it is, one of several by the logarithm of its probability. */
  private static int[] ranks(FloatMatrix scores, int output, int rows) {
    double[] values = new double[rows];
    int next = 0;
    for (FloatBlock block : scores.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        double score = block.get(row, output);
        values[next++] = block.columns() == 1 ? score : score - logSumOfExponentials(block, row);
      }
    }
    return RankingArea.ranks(values, scores.precision());
  }

  private static double mean(List<ClassMetrics> classes, ToDoubleFunction<ClassMetrics> metric) {
    return classes.stream().mapToDouble(metric).average().orElse(0);
  }

  private static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }
}
