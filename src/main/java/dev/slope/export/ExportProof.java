package dev.slope.export;

import dev.slope.config.Precision;
import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.evaluation.InverseLink;
import dev.slope.features.ClassProbability;
import dev.slope.features.FittedLabels;
import dev.slope.features.LinearWeights;
import java.util.List;

/**
 * Compares a served model with its trainer, from raw rows on. Their scores may differ by rounding
 * only, {@link ScoreBound}. What is made of a score may differ by what its slope makes of that, and
 * by the rounding of its function.
 */
final class ExportProof {
  private static final double EPSILON = ScoreBound.EPSILON;
  private static final int OTHER_ROUNDINGS = ScoreBound.OTHER_ROUNDINGS;

  private final ExportRequest request;
  private final LinearWeights weights;
  private final CodedRows rows;
  private final ScoreBound bound;

  /** Where the rows have the offset; -1 where there is none. */
  private final int offset;

  private double largest;

  ExportProof(ExportRequest request) {
    this.request = request;
    this.weights = request.weights();
    this.rows = request.proofRows();
    this.bound = new ScoreBound(request.graph().features(), weights, rows);
    this.offset = offset(request);
  }

  private static int offset(ExportRequest request) {
    String column = request.graph().offsetColumn();
    if (column == null) {
      return -1;
    }
    CodedRows rows = request.proofRows();
    int mandatory = rows.index(new CodedColumn(column, CellCoding.NUMBER));
    return mandatory >= 0
        ? mandatory
        : rows.index(new CodedColumn(column, CellCoding.OPTIONAL_NUMBER));
  }

  /**
   * Predicts all rows of the proof.
   *
   * @return the largest difference
   * @throws ExportException when one is more than rounding
   */
  double check(ServedModel model) {
    Rows raw = new Rows(rows.values());
    Rows scores = new Rows(request.proofScores());
    if (request.graph().labels() instanceof FittedLabels.Classes classes) {
      List<Classification> answers = model.classify(rows);
      for (long row = 1; row <= rows.rows(); row++) {
        raw.next();
        scores.next();
        checkClasses(classes, answers.get(raw.blockNumber), raw, scores, row);
      }
      return largest;
    }
    Rows served = new Rows(model.predict(rows));
    Rows expected = new Rows(InverseLink.apply(request.graph().model(), request.proofScores()));
    for (long row = 1; row <= rows.rows(); row++) {
      raw.next();
      served.next();
      expected.next();
      checkPredictions(served, expected, raw, row);
    }
    return largest;
  }

  private void checkPredictions(Rows served, Rows expected, Rows raw, long row) {
    boolean exponential = request.graph().model().linkName().equals("log");
    for (int output = 0; output < weights.outputs().size(); output++) {
      double wanted = expected.get(output);
      double tolerance = tolerance(raw, output);
      if (exponential) {
        tolerance = Math.abs(wanted) * (Math.expm1(tolerance) + OTHER_ROUNDINGS * EPSILON);
      }
      compare(served.get(output), wanted, tolerance, row, output);
    }
  }

  private void checkClasses(
      FittedLabels.Classes classes, Classification served, Rows raw, Rows scores, long row) {
    double most = 0;
    for (int output = 0; output < weights.outputs().size(); output++) {
      double tolerance = tolerance(raw, output);
      most = Math.max(most, tolerance);
      compare(served.logits().get(raw.row, output), scores.get(output), tolerance, row, output);
    }
    if (Double.isNaN(scores.get(0))) {
      return;
    }
    long decided = classes.decide(served.logits(), raw.row);
    if (served.classIds().get(raw.row) != decided) {
      throw new ExportException(
          "the reloaded model decides for class %d in row %d of the proof, its score for %d; nothing was exported"
              .formatted(served.classIds().get(raw.row), row, decided));
    }
    if (served.probabilities() != null) {
      checkProbabilities(classes, served.probabilities(), raw.row, scores, row, most);
    }
  }

  /**
   * The slope of a class's probability in a single score is at most 0.4, the probit's at 0; in all
   * scores of several classes together at most 1/2.
   */
  private void checkProbabilities(
      FittedLabels.Classes classes,
      FloatBlock served,
      int servedRow,
      Rows scores,
      long row,
      double scoreTolerance) {
    double[] expected = probabilities(classes, scores);
    double tolerance = scoreTolerance / 2 + (expected.length + OTHER_ROUNDINGS) * EPSILON;
    for (int place = 0; place < expected.length; place++) {
      double actual = served.get(servedRow, place);
      if (!(Math.abs(actual - expected[place]) <= tolerance)) {
        throw new ExportException(
            "the reloaded model gives class %d the probability %s in row %d of the proof, the trainer %s; nothing was exported"
                .formatted(place, actual, row, expected[place]));
      }
    }
  }

  private double[] probabilities(FittedLabels.Classes classes, Rows scores) {
    if (classes instanceof FittedLabels.Binary binary) {
      double score = scores.get(0);
      return new double[] {
        ClassProbability.ofNegative(binary.probabilityLink(), score),
        ClassProbability.of(binary.probabilityLink(), score)
      };
    }
    int outputs = weights.outputs().size();
    double most = Double.NEGATIVE_INFINITY;
    for (int output = 0; output < outputs; output++) {
      most = Math.max(most, scores.get(output));
    }
    double[] probabilities = new double[outputs];
    double sum = 0;
    for (int output = 0; output < outputs; output++) {
      probabilities[output] = Math.exp(scores.get(output) - most);
      sum += probabilities[output];
    }
    for (int output = 0; output < outputs; output++) {
      probabilities[output] /= sum;
    }
    return probabilities;
  }

  private void compare(double actual, double wanted, double tolerance, long row, int output) {
    if (Double.compare(actual, wanted) == 0) {
      return;
    }
    double difference = Math.abs(actual - wanted);
    if (!(difference <= tolerance)) {
      throw new ExportException(
          ("the reloaded model predicts %s for '%s' in row %d of the proof, the trainer %s;"
                  + " nothing was exported")
              .formatted(
                  Precision.text(actual),
                  weights.outputs().get(output),
                  row,
                  Precision.text(wanted)));
    }
    largest = Math.max(largest, difference);
  }

  /** By how much a score may differ. */
  private double tolerance(Rows raw, int output) {
    return bound.of(raw.block(), raw.row, output, offset < 0 ? 0 : raw.get(offset));
  }

  /** One row of a matrix after the other, however it is cut into blocks. */
  private static final class Rows {
    private final FloatMatrix matrix;
    private int blockNumber;
    private int row = -1;

    Rows(FloatMatrix matrix) {
      this.matrix = matrix;
    }

    void next() {
      row++;
      while (row == block().rows()) {
        blockNumber++;
        row = 0;
      }
    }

    FloatBlock block() {
      return matrix.blocks().get(blockNumber);
    }

    double get(int column) {
      return block().get(row, column);
    }
  }
}
