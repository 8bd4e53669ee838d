package dev.slope.export;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.evaluation.InverseLink;
import dev.slope.features.ClassProbability;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedLabels;
import dev.slope.features.LinearWeights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares a served model with its trainer. Their scores may differ by rounding only: {@code
 * (inputs + 8) eps (|b| + |o| + sum |w| (|x| + |offset|) / |divisor|)}, the bound of a sum of
 * float32 in any order. What is made of a score may differ by what its slope makes of that, and by
 * the rounding of its function.
 */
final class ExportProof {
  private static final double EPSILON = Math.ulp(1f);
  private static final int OTHER_ROUNDINGS = 8;

  private final ExportRequest request;
  private final List<FittedFeature> features;
  private final LinearWeights weights;
  private double largest;

  ExportProof(ExportRequest request) {
    this.request = request;
    this.features = request.features().features();
    this.weights = request.weights();
  }

  /**
   * Predicts all rows of the proof.
   *
   * @return the largest difference
   * @throws ExportException when one is more than rounding
   */
  double check(ServedModel model) {
    FloatMatrix rows = request.proofRows();
    FloatMatrix offsets = request.proofOffsets();
    FloatMatrix expected = InverseLink.apply(request.model(), request.proofScores());
    for (int block = 0; block < rows.blocks().size(); block++) {
      Rows raw =
          new Rows(rows.blocks().get(block), offsets == null ? null : offsets.blocks().get(block));
      FloatBlock scores = request.proofScores().blocks().get(block);
      if (request.labels() instanceof FittedLabels.Classes classes) {
        checkClasses(classes, model.classify(raw.joined()), scores, raw);
      } else {
        checkPredictions(model.predict(raw.joined()), expected.blocks().get(block), raw);
      }
    }
    return largest;
  }

  private void checkPredictions(FloatBlock served, FloatBlock expected, Rows raw) {
    boolean exponential = request.model().linkName().equals("log");
    for (int row = 0; row < served.rows(); row++) {
      for (int output = 0; output < served.columns(); output++) {
        double wanted = expected.get(row, output);
        double tolerance = tolerance(raw, row, output);
        if (exponential) {
          tolerance = Math.abs(wanted) * (Math.expm1(tolerance) + OTHER_ROUNDINGS * EPSILON);
        }
        compare(served.get(row, output), (float) wanted, tolerance, row, output);
      }
    }
  }

  private void checkClasses(
      FittedLabels.Classes classes, Classification served, FloatBlock scores, Rows raw) {
    for (int row = 0; row < scores.rows(); row++) {
      double most = 0;
      for (int output = 0; output < scores.columns(); output++) {
        double tolerance = tolerance(raw, row, output);
        most = Math.max(most, tolerance);
        compare(served.logits().get(row, output), scores.get(row, output), tolerance, row, output);
      }
      long decided = classes.decide(served.logits(), row);
      if (served.classIds().get(row) != decided) {
        throw new ExportException(
            "the reloaded model decides for class %d in row %d of the proof, its score for %d; nothing was exported"
                .formatted(served.classIds().get(row), row + 1, decided));
      }
      if (served.probabilities() != null) {
        checkProbabilities(classes, served.probabilities(), scores, row, most);
      }
    }
  }

  /**
   * The slope of a class's probability in a single score is at most 0.4, the probit's at 0; in all
   * scores of several classes together at most 1/2.
   */
  private void checkProbabilities(
      FittedLabels.Classes classes,
      FloatBlock served,
      FloatBlock scores,
      int row,
      double scoreTolerance) {
    double[] expected = probabilities(classes, scores, row);
    double tolerance = scoreTolerance / 2 + (expected.length + OTHER_ROUNDINGS) * EPSILON;
    for (int place = 0; place < expected.length; place++) {
      double actual = served.get(row, place);
      if (!(Math.abs(actual - expected[place]) <= tolerance)) {
        throw new ExportException(
            "the reloaded model gives class %d the probability %s in row %d of the proof, the trainer %s; nothing was exported"
                .formatted(place, actual, row + 1, expected[place]));
      }
    }
  }

  private static double[] probabilities(FittedLabels.Classes classes, FloatBlock scores, int row) {
    if (classes instanceof FittedLabels.Binary binary) {
      double score = scores.get(row, 0);
      return new double[] {
        ClassProbability.ofNegative(binary.probabilityLink(), score),
        ClassProbability.of(binary.probabilityLink(), score)
      };
    }
    double most = Double.NEGATIVE_INFINITY;
    for (int output = 0; output < scores.columns(); output++) {
      most = Math.max(most, scores.get(row, output));
    }
    double[] probabilities = new double[scores.columns()];
    double sum = 0;
    for (int output = 0; output < probabilities.length; output++) {
      probabilities[output] = Math.exp(scores.get(row, output) - most);
      sum += probabilities[output];
    }
    for (int output = 0; output < probabilities.length; output++) {
      probabilities[output] /= sum;
    }
    return probabilities;
  }

  private void compare(float actual, float wanted, double tolerance, int row, int output) {
    if (Float.compare(actual, wanted) == 0) {
      return;
    }
    double difference = Math.abs((double) actual - wanted);
    if (!(difference <= tolerance)) {
      throw new ExportException(
          ("the reloaded model predicts %s for '%s' in row %d of the proof, the trainer %s;"
                  + " nothing was exported")
              .formatted(actual, weights.outputs().get(output), row + 1, wanted));
    }
    largest = Math.max(largest, difference);
  }

  /** By how much a score may differ. */
  private double tolerance(Rows raw, int row, int output) {
    double magnitude = Math.abs(weights.intercept(output));
    if (raw.offsets() != null) {
      magnitude += Math.abs(raw.offsets().get(row, 0));
    }
    for (int i = 0; i < features.size(); i++) {
      if (!(features.get(i) instanceof FittedFeature.Numeric numeric)) {
        throw new AssertionError("no bound for " + features.get(i).getClass().getSimpleName());
      }
      double encoded =
          (Math.abs(raw.features().get(row, i)) + Math.abs(numeric.offset()))
              / Math.abs(numeric.divisor());
      magnitude += Math.abs(weights.weight(i, output)) * encoded;
    }
    return (weights.inputs().size() + OTHER_ROUNDINGS) * EPSILON * magnitude;
  }

  /** Raw rows of the features, and the offsets where there are. */
  private record Rows(FloatBlock features, @Nullable FloatBlock offsets) {
    /** As the {@code dense} signature takes them. */
    FloatBlock joined() {
      return offsets == null ? features : features.beside(offsets);
    }
  }
}
