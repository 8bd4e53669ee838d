package dev.slope.evaluation;

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
   * The ranking of the rows of a class.
   *
   * @param most how many of them to sort at once, as of {@link DescendingValues}
   */
  static Ranking of(ClassRows rows, int most) {
    Walk walk = new Walk(rows.ownWeight());
    new DescendingValues(rows, rows.count(), most).forEach(walk);
    return walk.ranking(rows.otherWeight());
  }

  /** Takes rows from the highest rank down. */
  private static final class Walk implements WeightedValues.Visitor {
    private final double ownWeight;
    private double own;
    private double others;
    private double area;
    private double precisions;

    // The step that is being taken.
    private double rank = Double.NaN;
    private double tiedOwn;
    private double tiedOthers;

    private double bestF1 = -1;
    private double bestRank;
    private double bestOwn;
    private double bestTaken;

    /** The rank of the step after the best one; NaN until that is begun. */
    private double nextRank = Double.NaN;

    Walk(double ownWeight) {
      this.ownWeight = ownWeight;
    }

    @Override
    public void visit(double rank, double weight) {
      if (rank != this.rank) {
        endStep();
        this.rank = rank;
        if (Double.isNaN(nextRank)) {
          nextRank = rank;
        }
      }
      if (weight > 0) {
        tiedOwn += weight;
      } else {
        tiedOthers -= weight;
      }
    }

    private void endStep() {
      area += tiedOthers * (own + tiedOwn / 2);
      own += tiedOwn;
      others += tiedOthers;
      double taken = own + others;
      if (tiedOwn > 0) {
        precisions += tiedOwn * (own / taken);
        double f1 = 2 * own / (taken + ownWeight);
        if (f1 > bestF1) {
          bestF1 = f1;
          bestRank = rank;
          bestOwn = own;
          bestTaken = taken;
          nextRank = Double.NaN;
        }
      }
      tiedOwn = 0;
      tiedOthers = 0;
    }

    /** Once all rows are taken. */
    Ranking ranking(double otherWeight) {
      endStep();
      return new Ranking(
          ownWeight,
          otherWeight,
          ownWeight > 0 && otherWeight > 0 ? area / (ownWeight * otherWeight) : Double.NaN,
          ownWeight > 0 ? precisions / ownWeight : Double.NaN,
          ownWeight > 0
              ? new Step(bestRank, nextRank, bestOwn / bestTaken, bestOwn / ownWeight, bestF1)
              : null);
    }
  }
}
