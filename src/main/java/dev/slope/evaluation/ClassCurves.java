package dev.slope.evaluation;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every threshold on the score of two classes would come to, from the highest down: the ROC
 * and the precision-recall curve. Of many thresholds some are left out, evenly, the last never.
 *
 * @param falsePositiveRate the part of the negative rows that are taken for positive; 0 first
 * @param recall the part of the positive rows that are found; 0 first
 * @param precision the part of those taken for positive that are; 1 first, where none is taken
 */
public record ClassCurves(
    List<Double> falsePositiveRate, List<Double> recall, List<Double> precision) {
  private static final int POINTS = 400;

  public ClassCurves {
    falsePositiveRate = List.copyOf(falsePositiveRate);
    recall = List.copyOf(recall);
    precision = List.copyOf(precision);
  }

  /**
   * The curves of some rows.
   *
   * @param truth 1 for rows of the positive class, else 0; one column
   * @param scores of the same rows and blocks, one column, finite
   * @param weights of the same rows and blocks, one column; null where every row counts the same
   * @return null where one of the classes has no weight
   */
  public static @Nullable ClassCurves of(
      FloatMatrix truth, FloatMatrix scores, @Nullable FloatMatrix weights) {
    int rows = Math.toIntExact(truth.rows());
    long[] order = new long[rows];
    float[] values = new float[rows];
    double[] signed = new double[rows];
    double positives = 0;
    double negatives = 0;
    int row = 0;
    for (int b = 0; b < truth.blocks().size(); b++) {
      FloatBlock block = truth.blocks().get(b);
      for (int i = 0; i < block.rows(); i++, row++) {
        double weight = weights == null ? 1 : weights.blocks().get(b).get(i, 0);
        boolean positive = block.get(i, 0) == 1;
        positives += positive ? weight : 0;
        negatives += positive ? 0 : weight;
        signed[row] = positive ? weight : -weight;
        // A picture needs no more digits.
        values[row] = (float) scores.blocks().get(b).get(i, 0);
        order[row] = Ranking.descending(values[row]) << Integer.SIZE | row;
      }
    }
    if (!(positives > 0 && negatives > 0)) {
      return null;
    }
    Arrays.parallelSort(order);
    return new Walk(order, values, signed, positives, negatives).curves();
  }

  /** Takes the rows one after the other. */
  @SuppressWarnings("ArrayRecordComponent") // walked once, never compared
  private record Walk(
      long[] order, float[] values, double[] signed, double positives, double negatives) {
    ClassCurves curves() {
      List<Double> rates = new ArrayList<>(List.of(0.0));
      List<Double> recalls = new ArrayList<>(List.of(0.0));
      List<Double> precisions = new ArrayList<>(List.of(1.0));
      double own = 0;
      double others = 0;
      int told = 0;
      for (int i = 0; i < order.length; i++) {
        double weight = signed[(int) order[i]];
        own += Math.max(weight, 0);
        others += Math.max(-weight, 0);
        boolean isLast = i + 1 == order.length;
        if (isLast || (!ties(i) && (long) (i + 1) * POINTS / order.length > told)) {
          told = (int) ((long) (i + 1) * POINTS / order.length);
          rates.add(others / negatives);
          recalls.add(own / positives);
          precisions.add(own + others > 0 ? own / (own + others) : 1);
        }
      }
      return new ClassCurves(rates, recalls, precisions);
    }

    private boolean ties(int i) {
      return values[(int) order[i]] == values[(int) order[i + 1]];
    }
  }
}
