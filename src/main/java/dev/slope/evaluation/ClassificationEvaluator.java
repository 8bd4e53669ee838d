package dev.slope.evaluation;

import dev.slope.config.BinaryLink;
import dev.slope.config.MetricName;
import dev.slope.config.Precision;
import dev.slope.data.FloatArray;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.ClassProbability;
import dev.slope.features.FittedLabels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures scores of classes: scikit-learn's metrics of the same names, every row times its weight,
 * summed in float64 in the order of the rows.
 *
 * <p>With one score precision, recall and f1 are those of the positive class; with a score for each
 * class they are macro averages over the classes that occur in the labels or the predictions, as
 * scikit-learn's {@code average="macro"}, and auc and average precision are the means over the
 * classes of one against the rest ({@code multi_class="ovr"}). The log loss is computed from the
 * scores, so a wrong row that is all but certain counts in full where clipped probabilities would
 * hide it. The brier score is the mean of {@code (p - y)^2} of the positive class, with a score for
 * each class of its sum over the classes. Margins have neither log loss nor brier score.
 */
public final class ClassificationEvaluator {
  private static final int BINS = 10;

  /** Rows that are read at once. */
  private static final int SOME = 1 << 12;

  private final FittedLabels.Classes labels;
  private final @Nullable Baseline baseline;
  private final FloatMatrix truth;
  private final FloatMatrix scores;
  private final @Nullable FloatMatrix weights;
  private final int classes;
  private final long[][] rowCounts;
  private final double[][] weightSums;
  private final long[] binRows = new long[BINS];
  private final double[] binWeights = new double[BINS];
  private final double[] binPredictions = new double[BINS];
  private final double[] binPositives = new double[BINS];

  /**
   * Of several scores, for each row {@link #logOfSum}, in the blocks of the scores: outside the
   * heap, as these are. Else nothing.
   */
  private final List<FloatBlock> logsOfSums = new ArrayList<>();

  private double logLosses;
  private double squaredErrors;

  private ClassificationEvaluator(
      FittedLabels.Classes labels,
      @Nullable Baseline baseline,
      FloatMatrix truth,
      FloatMatrix scores,
      @Nullable FloatMatrix weights) {
    this.labels = labels;
    this.baseline = baseline;
    this.truth = truth;
    this.scores = scores;
    this.weights = weights;
    this.classes = labels.classes().size();
    this.rowCounts = new long[classes][classes];
    this.weightSums = new double[classes][classes];
  }

  /**
   * Measures whole matrices.
   *
   * @param labels what the classes are, and which a score stands for
   * @param baseline to measure beside; null where there is none
   * @param truth each row's class as its place among the classes, one column
   * @param scores of the same rows and blocks, a column an output, finite
   * @param weights of the same rows and blocks, one column, each at least 0; null where every row
   *     counts the same
   */
  public static ClassificationMetrics evaluate(
      FittedLabels.Classes labels,
      @Nullable Baseline baseline,
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
    return new ClassificationEvaluator(labels, baseline, truth, scores, weights).measure();
  }

  private ClassificationMetrics measure() {
    for (int block = 0; block < truth.blocks().size(); block++) {
      add(
          truth.blocks().get(block),
          scores.blocks().get(block),
          weights == null ? null : weights.blocks().get(block));
    }
    return metrics();
  }

  private void add(FloatBlock truth, FloatBlock scores, @Nullable FloatBlock weights) {
    if (labels instanceof FittedLabels.Binary binary) {
      addBinary(binary, truth, scores, weights);
      return;
    }
    FloatBlock logs = scores.columns() == 1 ? null : addLogsOfSums(scores.rows());
    for (int row = 0; row < truth.rows(); row++) {
      for (int output = 0; output < scores.columns(); output++) {
        requireFinite(scores.get(row, output));
      }
      double weight = weights == null ? 1 : weights.get(row, 0);
      int actual = (int) truth.get(row, 0);
      addDecision(actual, labels.decide(scores, row), weight);
      double logOfSum = 0;
      double largest = 0;
      if (logs != null) {
        largest = largest(scores, row);
        logOfSum = logOfSum(scores, row, largest);
        logs.set(row, 0, logOfSum);
      }
      if (labels.hasProbabilities() && weight > 0) {
        addProbabilities(scores, row, actual, weight, largest + logOfSum);
      }
    }
  }

  /** Out of arrays, which cost less than the blocks: most rows by far are of two classes. */
  private void addBinary(
      FittedLabels.Binary binary,
      FloatBlock truth,
      FloatBlock scores,
      @Nullable FloatBlock weights) {
    float threshold = binary.scoreThreshold();
    BinaryLink link = binary.hasProbabilities() ? binary.probabilityLink() : null;
    FloatArray someTruth = new FloatArray(truth.precision(), SOME);
    FloatArray someScores = new FloatArray(scores.precision(), SOME);
    for (int first = 0; first < truth.rows(); first += SOME) {
      int rows = Math.min(SOME, truth.rows() - first);
      truth.read(first, someTruth, rows);
      scores.read(first, someScores, rows);
      for (int i = 0; i < rows; i++) {
        double score = someScores.get(i);
        requireFinite(score);
        double weight = weights == null ? 1 : weights.get(first + i, 0);
        int actual = (int) someTruth.get(i);
        addDecision(actual, score >= threshold ? 1 : 0, weight);
        if (link != null && weight > 0) {
          addProbability(link, score, actual, weight);
        }
      }
    }
  }

  private static void requireFinite(double score) {
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException("a score must be a finite number, but was " + score);
    }
  }

  private void addDecision(int actual, int predicted, double weight) {
    rowCounts[actual][predicted]++;
    weightSums[actual][predicted] += weight;
  }

  private FloatBlock addLogsOfSums(int rows) {
    FloatBlock logs = new FloatBlock(Precision.FLOAT64, rows, 1);
    logsOfSums.add(logs);
    return logs;
  }

  /** Adds what a row's probability of the positive class is worth. */
  private void addProbability(BinaryLink link, double score, int actual, double weight) {
    logLosses += weight * ClassProbability.logLoss(link, score, actual == 1);
    double probability = ClassProbability.of(link, score);
    double error = probability - actual;
    squaredErrors += weight * error * error;
    int bin = bin(probability);
    binRows[bin]++;
    binWeights[bin] += weight;
    binPredictions[bin] += weight * probability;
    binPositives[bin] += weight * actual;
  }

  /**
   * Adds what a row's probabilities of several classes are worth.
   *
   * @param logSum {@code log(sum of e^score)}
   */
  private void addProbabilities(
      FloatBlock scores, int row, int actual, double weight, double logSum) {
    logLosses += weight * (logSum - scores.get(row, actual));
    for (int output = 0; output < classes; output++) {
      double probability = Math.exp(scores.get(row, output) - logSum);
      double error = probability - (output == actual ? 1 : 0);
      squaredErrors += weight * error * error;
    }
  }

  /** The range that a probability is in: above its edge, at most the next one's. */
  private static int bin(double probability) {
    int bin = Math.min((int) (probability * BINS), BINS - 1);
    return bin > 0 && probability <= edge(bin) ? bin - 1 : bin;
  }

  /** As NumPy's {@code linspace(0, 1, 11)}. */
  private static double edge(int bin) {
    return bin == BINS ? 1 : bin * 0.1;
  }

  private static double largest(FloatBlock scores, int row) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int output = 0; output < scores.columns(); output++) {
      largest = Math.max(largest, scores.get(row, output));
    }
    return largest;
  }

  /** {@code log(sum of e^(score - largest))}. */
  private static double logOfSum(FloatBlock scores, int row, double largest) {
    double sum = 0;
    for (int output = 0; output < scores.columns(); output++) {
      sum += Math.exp(scores.get(row, output) - largest);
    }
    return Math.log(sum);
  }

  private ClassificationMetrics metrics() {
    long[] rowsOf = new long[classes];
    List<List<Long>> confusion = new ArrayList<>();
    for (int place = 0; place < classes; place++) {
      rowsOf[place] = Arrays.stream(rowCounts[place]).sum();
      confusion.add(Arrays.stream(rowCounts[place]).boxed().toList());
    }
    Decisions decisions = Decisions.of(labels.classes(), rowsOf, weightSums);
    boolean oneScore = scores.columns() == 1;
    Map<String, Double> values = decisions.byName(oneScore);
    Map<String, String> undefined = new LinkedHashMap<>();
    if (labels.hasProbabilities()) {
      addLosses(logLosses, squaredErrors, decisions.total(), values, undefined);
    }
    Ranking.Step best = addRankings(values, undefined);
    return new ClassificationMetrics(
        truth.rows(),
        decisions.classes(),
        decisions.averages(),
        confusion,
        oneScore && labels.hasProbabilities() ? calibration() : null,
        best != null && labels instanceof FittedLabels.Binary binary && labels.hasProbabilities()
            ? threshold(binary.probabilityLink(), best)
            : null,
        new MetricValues(values, undefined),
        baseline == null ? null : ofBaseline(baseline, rowsOf, values, undefined));
  }

  private static void addLosses(
      double logLosses,
      double squaredErrors,
      double total,
      Map<String, Double> values,
      Map<String, String> undefined) {
    if (Double.isFinite(logLosses)) {
      values.put(MetricName.LOG_LOSS.key(), logLosses / total);
    } else {
      undefined.put(MetricName.LOG_LOSS.key(), "a row's is more than any number");
    }
    values.put(MetricName.BRIER.key(), squaredErrors / total);
  }

  /** Adds auc and average precision, and returns the best step of the positive class of two. */
  private Ranking.@Nullable Step addRankings(
      Map<String, Double> values, Map<String, String> undefined) {
    boolean oneScore = scores.columns() == 1;
    double areas = 0;
    double precisions = 0;
    Ranking.Step best = null;
    for (int output = 0; output < scores.columns(); output++) {
      int place = oneScore ? 1 : output;
      ClassRows rows = new ClassRows(truth, place, ranks(output), weights);
      Ranking ranking = Ranking.of(rows, DescendingValues.MOST);
      areas += ranking.area();
      precisions += ranking.averagePrecision();
      best = oneScore ? ranking.best() : null;
      String name = labels.classes().get(place);
      if (Double.isNaN(ranking.area())) {
        undefined.putIfAbsent(
            MetricName.AUC.key(), "class '%s' has all the rows or none".formatted(name));
      }
      if (Double.isNaN(ranking.averagePrecision())) {
        undefined.putIfAbsent(
            MetricName.AVERAGE_PRECISION.key(), "no row is of class '%s'".formatted(name));
      }
    }
    if (!undefined.containsKey(MetricName.AUC.key())) {
      values.put(MetricName.AUC.key(), areas / scores.columns());
    }
    if (!undefined.containsKey(MetricName.AVERAGE_PRECISION.key())) {
      values.put(MetricName.AVERAGE_PRECISION.key(), precisions / scores.columns());
    }
    return best;
  }

  /**
   * One score ranks as it is, one of several by the logarithm of its probability, computed from the
   * distances to the largest: rows whose scores differ by a constant are equal to the last bit.
   */
  private ClassRows.Ranks ranks(int output) {
    return b -> {
      FloatBlock block = scores.blocks().get(b);
      if (block.columns() == 1) {
        return row -> block.get(row, 0);
      }
      FloatBlock logs = logsOfSums.get(b);
      return row -> block.get(row, output) - largest(block, row) - logs.get(row, 0);
    };
  }

  private List<CalibrationBin> calibration() {
    List<CalibrationBin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      if (binRows[bin] > 0) {
        bins.add(
            new CalibrationBin(
                edge(bin),
                edge(bin + 1),
                binRows[bin],
                binPredictions[bin] / binWeights[bin],
                binPositives[bin] / binWeights[bin]));
      }
    }
    return bins;
  }

  private static @Nullable BestThreshold threshold(BinaryLink link, Ranking.Step step) {
    double taken = ClassProbability.of(link, step.score());
    double left = Double.isNaN(step.next()) ? 0 : ClassProbability.of(link, step.next());
    double threshold = left + (taken - left) / 2;
    return threshold > 0 && threshold < 1
        ? new BestThreshold(threshold, step.precision(), step.recall(), step.f1())
        : null;
  }

  /** All rows get the same answer, so everything follows from how much weight each class has. */
  private MetricValues ofBaseline(
      Baseline constant,
      long[] rowsOf,
      Map<String, Double> ofModel,
      Map<String, String> undefinedOfModel) {
    List<Double> shares = constant.constants();
    int answer = answer(shares);
    double[][] decided = new double[classes][classes];
    double losses = 0;
    double squares = 0;
    double ofAnswers = 0;
    for (int actual = 0; actual < classes; actual++) {
      double weight = Arrays.stream(weightSums[actual]).sum();
      decided[actual][answer] = weight;
      losses -= weight == 0 ? 0 : weight * Math.log(shares.get(actual));
      for (int other = 0; other < classes; other++) {
        double error = shares.get(other) - (other == actual ? 1 : 0);
        squares += weight * error * error;
      }
      ofAnswers += weight;
    }
    boolean oneScore = scores.columns() == 1;
    Decisions decisions = Decisions.of(labels.classes(), rowsOf, decided);
    Map<String, Double> values = decisions.byName(oneScore);
    Map<String, String> undefined = new LinkedHashMap<>();
    if (labels.hasProbabilities()) {
      // Of two classes both have the same error, and the score counts one.
      addLosses(losses, oneScore ? squares / 2 : squares, ofAnswers, values, undefined);
    }
    String auc = MetricName.AUC.key();
    String precision = MetricName.AVERAGE_PRECISION.key();
    for (String metric : List.of(auc, precision)) {
      String reason = undefinedOfModel.get(metric);
      if (reason != null) {
        undefined.put(metric, reason);
      }
    }
    if (ofModel.containsKey(auc)) {
      values.put(auc, 0.5);
    }
    if (ofModel.containsKey(precision)) {
      double positives = Arrays.stream(decided[1]).sum() / ofAnswers;
      // The parts of all classes sum to 1.
      values.put(precision, oneScore ? positives : 1.0 / classes);
    }
    return new MetricValues(values, undefined);
  }

  private int answer(List<Double> shares) {
    if (labels instanceof FittedLabels.Binary binary) {
      Double threshold = binary.threshold();
      return shares.get(1) >= (threshold == null ? 0.5 : threshold) ? 1 : 0;
    }
    int largest = 0;
    for (int place = 1; place < shares.size(); place++) {
      if (shares.get(place) > shares.get(largest)) {
        largest = place;
      }
    }
    return largest;
  }
}
