package dev.slope.training;

import dev.slope.data.FloatMatrix;
import dev.slope.features.FittedFeatures;
import dev.slope.features.LinearWeights;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores rows by several models at once: their weights are the columns of one matrix, so that rows
 * are encoded and read once for all of them.
 */
final class ManyScorers {
  /** 16 MiB of float32: more columns, or inputs, than that are scored in several passes. */
  private static final int MOST_WEIGHTS = 1 << 22;

  /** What is computed of a row fits into the cache beside the row. */
  private static final int MOST_OUTPUTS = 256;

  private ManyScorers() {}

  /**
   * Scores.
   *
   * @param models of the inputs of the features, each with the same number of outputs
   * @return one a model, each in the blocks of the rows
   */
  static List<FloatMatrix> scores(
      FittedFeatures features, List<LinearWeights> models, TrainingRows rows, Device device) {
    if (models.isEmpty()) {
      return List.of();
    }
    int inputs = Math.max(1, features.inputs().size());
    int outputs = models.get(0).outputs().size();
    int together = Math.max(1, Math.min(MOST_OUTPUTS / outputs, MOST_WEIGHTS / inputs / outputs));
    List<FloatMatrix> scores = new ArrayList<>();
    for (int first = 0; first < models.size(); first += together) {
      List<LinearWeights> some = models.subList(first, Math.min(models.size(), first + together));
      FloatMatrix all = new Scorer(features, beside(some), device).scores(rows);
      for (int i = 0; i < some.size(); i++) {
        scores.add(all.columns(i * outputs, (i + 1) * outputs));
      }
    }
    return scores;
  }

  /** The models as one whose outputs are those of all. */
  private static LinearWeights beside(List<LinearWeights> models) {
    LinearWeights first = models.get(0);
    if (models.size() == 1) {
      return first;
    }
    int inputs = first.inputs().size();
    int outputs = first.outputs().size();
    int all = outputs * models.size();
    double[] weights = new double[inputs * all];
    double[] intercepts = new double[all];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      LinearWeights model = models.get(i);
      for (int input = 0; input < inputs; input++) {
        for (int output = 0; output < outputs; output++) {
          weights[input * all + i * outputs + output] = model.weight(input, output);
        }
      }
      for (int output = 0; output < outputs; output++) {
        intercepts[i * outputs + output] = model.intercept(output);
        names.add(i + "." + first.outputs().get(output));
      }
    }
    return new LinearWeights(first.inputs(), names, weights, intercepts);
  }
}
