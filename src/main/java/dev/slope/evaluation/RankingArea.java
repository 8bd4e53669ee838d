package dev.slope.evaluation;

import dev.slope.config.Precision;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The area under the ROC curve: how probable it is that a row of a class ranks higher than one of
 * another, where equal ranks count half (the rank-sum statistic of Mann and Whitney, weighted).
 */
final class RankingArea {
  private RankingArea() {}

  /**
   * The area of one class against all others.
   *
   * @param labels each row's class as a number, one column
   * @param place the class that should rank high
   * @param ranks a number for each row, finite: the higher, the more of the class
   * @param weights of the same rows and blocks as the labels, one column; null where every row
   *     counts the same
   * @return empty where all weight is on one side
   */
  static OptionalDouble of(
      FloatMatrix labels, int place, int[] ranks, @Nullable FloatMatrix weights) {
    long[] order = new long[ranks.length];
    double[] signedWeights = new double[ranks.length];
    int row = 0;
    for (int b = 0; b < labels.blocks().size(); b++) {
      FloatBlock block = labels.blocks().get(b);
      for (int i = 0; i < block.rows(); i++, row++) {
        double weight = weights == null ? 1 : weights.blocks().get(b).get(i, 0);
        signedWeights[row] = block.get(i, 0) == place ? weight : -weight;
        order[row] = (long) ranks[row] << Integer.SIZE | row;
      }
    }
    Arrays.parallelSort(order);
    return area(order, signedWeights);
  }

  /**
   * Walks the rows from the lowest score up.
   *
   * @param order ranks in the upper half, rows in the lower
   * @param signedWeights above 0 for rows of the class, below for the others
   */
  private static OptionalDouble area(long[] order, double[] signedWeights) {
    double below = 0;
    double others = 0;
    double own = 0;
    double area = 0;
    for (int i = 0; i < order.length; ) {
      long rank = order[i] >> Integer.SIZE;
      double tiedOwn = 0;
      double tiedOthers = 0;
      for (; i < order.length && order[i] >> Integer.SIZE == rank; i++) {
        double weight = signedWeights[(int) order[i]];
        if (weight > 0) {
          tiedOwn += weight;
        } else {
          tiedOthers -= weight;
        }
      }
      area += tiedOwn * (below + tiedOthers / 2);
      below += tiedOthers;
      others += tiedOthers;
      own += tiedOwn;
    }
    return own > 0 && others > 0
        ? OptionalDouble.of(area / (own * others))
        : OptionalDouble.empty();
  }

  /** Integers that are ordered as numbers of a precision are, and equal where those are. */
  static int[] ranks(double[] values, Precision precision) {
    int[] ranks = new int[values.length];
    if (precision == Precision.FLOAT32) {
      for (int i = 0; i < ranks.length; i++) {
        int bits = Float.floatToIntBits((float) values[i] + 0f);
        ranks[i] = bits ^ (bits >> (Integer.SIZE - 1) & Integer.MAX_VALUE);
      }
      return ranks;
    }
    double[] different = Arrays.stream(values).map(value -> value + 0.0).distinct().toArray();
    Arrays.parallelSort(different);
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = Arrays.binarySearch(different, values[i] + 0.0);
    }
    return ranks;
  }
}
