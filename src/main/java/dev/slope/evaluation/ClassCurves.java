package dev.slope.evaluation;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
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
    ClassRows.Ranks ranks =
        b -> {
          FloatBlock block = scores.blocks().get(b);
          // A picture needs no more digits.
          return row -> (float) block.get(row, 0);
        };
    return of(new ClassRows(truth, 1, ranks, weights), DescendingValues.MOST);
  }

  /**
   * The curves of some rows.
   *
   * @param most how many of them to sort at once, as of {@link DescendingValues}
   * @return null where the class or the others have no weight
   */
  static @Nullable ClassCurves of(ClassRows rows, int most) {
    if (!(rows.ownWeight() > 0 && rows.otherWeight() > 0)) {
      return null;
    }
    Walk walk = new Walk(rows);
    new DescendingValues(rows, rows.count(), most).forEach(walk);
    return walk.curves();
  }

  /** Takes the rows one after the other, from the highest score down. */
  private static final class Walk implements WeightedValues.Visitor {
    private final ClassRows rows;
    private final List<Double> rates = new ArrayList<>(List.of(0.0));
    private final List<Double> recalls = new ArrayList<>(List.of(0.0));
    private final List<Double> precisions = new ArrayList<>(List.of(1.0));
    private double score = Double.NaN;
    private double own;
    private double others;
    private long taken;
    private long told;

    Walk(ClassRows rows) {
      this.rows = rows;
    }

    @Override
    public void visit(double score, double weight) {
      if (score != this.score && taken * POINTS / rows.count() > told) {
        tell();
      }
      this.score = score;
      own += Math.max(weight, 0);
      others += Math.max(-weight, 0);
      taken++;
    }

    private void tell() {
      told = taken * POINTS / rows.count();
      rates.add(others / rows.otherWeight());
      recalls.add(own / rows.ownWeight());
      precisions.add(own + others > 0 ? own / (own + others) : 1);
    }

    ClassCurves curves() {
      tell();
      return new ClassCurves(rates, recalls, precisions);
    }
  }
}
