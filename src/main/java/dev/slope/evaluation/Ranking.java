package dev.slope.evaluation;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How well scores put the rows of a class before all others, whatever threshold decides. Rows are
 * visited from the highest score down; those of equal scores are one step.
 *
 * @param ownWeight of the rows of the class
 * @param otherWeight of all others
 * @param area under the ROC curve: how probable it is that a row of the class ranks higher than
 *     another, where equal ranks count half (the rank-sum statistic of Mann and Whitney, weighted);
 *     NaN where one of the weights is 0
 * @param averagePrecision the sum over steps of the recall that a step adds times the precision
 *     down to it; NaN where {@code ownWeight} is 0
 * @param best the step down to which f1 is largest, the first of equal ones; null where {@code
 *     ownWeight} is 0
 */
record Ranking(
    double ownWeight,
    double otherWeight,
    double area,
    double averagePrecision,
    @Nullable Step best) {

  /**
   * Where a decision may be made.
   *
   * @param score the lowest of those that are taken for the class
   * @param next the highest of the others; NaN where all are taken
   */
  record Step(double score, double next, double precision, double recall, double f1) {}

  /**
   * The ranking of one class against all others.
   *
   * @param labels each row's class as a number, one column
   * @param place the class that should rank high
   * @param ranks a number for each row, finite: the higher, the more of the class
   * @param weights of the same rows and blocks as the labels, one column; null where every row
   *     counts the same
   */
  static Ranking of(FloatMatrix labels, int place, double[] ranks, @Nullable FloatMatrix weights) {
    long[] order = new long[ranks.length];
    double[] signedWeights = new double[ranks.length];
    double own = 0;
    double others = 0;
    int row = 0;
    for (int b = 0; b < labels.blocks().size(); b++) {
      FloatBlock block = labels.blocks().get(b);
      for (int i = 0; i < block.rows(); i++, row++) {
        double weight = weights == null ? 1 : weights.blocks().get(b).get(i, 0);
        if (block.get(i, 0) == place) {
          own += weight;
          signedWeights[row] = weight;
        } else {
          others += weight;
          signedWeights[row] = -weight;
        }
        order[row] = descending((float) ranks[row]) << Integer.SIZE | row;
      }
    }
    Arrays.parallelSort(order);
    return new Walk(order, ranks, signedWeights, own, others).ranking();
  }

  /** A number that orders as the float does, highest first; both zeros are one. */
  static long descending(float value) {
    int bits = Float.floatToIntBits(value + 0f);
    return ~(bits ^ (bits >> (Integer.SIZE - 1) & Integer.MAX_VALUE));
  }

  /** Visits rows in order. */
  private static final class Walk {
    private final long[] order;
    private final double[] ranks;
    private final double[] signedWeights;
    private final double ownWeight;
    private final double otherWeight;
    private double own;
    private double others;
    private double area;
    private double precisions;
    private double bestF1 = -1;
    private int bestEnd;
    private double bestOwn;
    private double bestTaken;

    /**
     * Before the first row.
     *
     * @param order ranks rounded to float32 in the upper half, highest first, rows in the lower
     * @param signedWeights above 0 for rows of the class, below for the others
     */
    Walk(
        long[] order,
        double[] ranks,
        double[] signedWeights,
        double ownWeight,
        double otherWeight) {
      this.order = order;
      this.ranks = ranks;
      this.signedWeights = signedWeights;
      this.ownWeight = ownWeight;
      this.otherWeight = otherWeight;
    }

    Ranking ranking() {
      for (int i = 0; i < order.length; ) {
        int end = i + 1;
        while (end < order.length && order[end] >> Integer.SIZE == order[i] >> Integer.SIZE) {
          end++;
        }
        sortByAllDigits(i, end);
        while (i < end) {
          i = step(i, end);
        }
      }
      return new Ranking(
          ownWeight,
          otherWeight,
          ownWeight > 0 && otherWeight > 0 ? area / (ownWeight * otherWeight) : Double.NaN,
          ownWeight > 0 ? precisions / ownWeight : Double.NaN,
          ownWeight > 0 ? best() : null);
    }

    /** Rows of equal float32 ranks may have different float64 ones. */
    private void sortByAllDigits(int from, int to) {
      double first = rank(from);
      boolean equal = true;
      for (int i = from + 1; i < to && equal; i++) {
        equal = rank(i) == first;
      }
      if (!equal) {
        long[] sorted =
            Arrays.stream(order, from, to)
                .boxed()
                .sorted(
                    (left, right) ->
                        Double.compare(ranks[right.intValue()], ranks[left.intValue()]))
                .mapToLong(Long::longValue)
                .toArray();
        System.arraycopy(sorted, 0, order, from, sorted.length);
      }
    }

    /** Takes all rows that rank as the one at a place, and returns the place after them. */
    private int step(int from, int to) {
      double rank = rank(from);
      double tiedOwn = 0;
      double tiedOthers = 0;
      int i = from;
      for (; i < to && rank(i) == rank; i++) {
        double weight = signedWeights[(int) order[i]];
        if (weight > 0) {
          tiedOwn += weight;
        } else {
          tiedOthers -= weight;
        }
      }
      area += tiedOthers * (own + tiedOwn / 2);
      own += tiedOwn;
      others += tiedOthers;
      double taken = own + others;
      if (tiedOwn > 0) {
        precisions += tiedOwn * (own / taken);
        double f1 = 2 * own / (taken + ownWeight);
        if (f1 > bestF1) {
          bestF1 = f1;
          bestEnd = i;
          bestOwn = own;
          bestTaken = taken;
        }
      }
      return i;
    }

    private Step best() {
      return new Step(
          rank(bestEnd - 1),
          bestEnd < order.length ? rank(bestEnd) : Double.NaN,
          bestOwn / bestTaken,
          bestOwn / ownWeight,
          bestF1);
    }

    private double rank(int place) {
      return ranks[(int) order[place]];
    }
  }
}
