package dev.slope.evaluation;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a class and all others, each with its rank: a visit takes the ranks as values, with the
 * weights of rows of the class above 0 and those of others below.
 */
final class ClassRows implements WeightedValues {
  private final FloatMatrix labels;
  private final int place;
  private final Ranks ranks;
  private final @Nullable FloatMatrix weights;
  private final long count;
  private final double ownWeight;
  private final double otherWeight;

  /** Tells how much a row is of the class: the higher, the more. */
  @FunctionalInterface
  interface Ranks {
    /** The ranks of a block, finite, by the row in it. */
    IntToDoubleFunction ofBlock(int block);
  }

  /**
   * Rows.
   *
   * @param labels each row's class as a number, one column
   * @param place the class
   * @param weights of the same rows and blocks as the labels, one column, each at least 0; null
   *     where every row counts the same
   */
  ClassRows(FloatMatrix labels, int place, Ranks ranks, @Nullable FloatMatrix weights) {
    this.labels = labels;
    this.place = place;
    this.ranks = ranks;
    this.weights = weights;
    this.count = labels.rows();
    double own = 0;
    double others = 0;
    for (int b = 0; b < labels.blocks().size(); b++) {
      FloatBlock block = labels.blocks().get(b);
      FloatBlock blockWeights = weights == null ? null : weights.blocks().get(b);
      for (int row = 0; row < block.rows(); row++) {
        double weight = signedWeight(block, blockWeights, row);
        own += Math.max(weight, 0);
        others += Math.max(-weight, 0);
      }
    }
    this.ownWeight = own;
    this.otherWeight = others;
  }

  /** How many rows there are. */
  long count() {
    return count;
  }

  /** Of the rows of the class. */
  double ownWeight() {
    return ownWeight;
  }

  /** Of all others. */
  double otherWeight() {
    return otherWeight;
  }

  @Override
  public void forEach(Visitor visitor) {
    for (int b = 0; b < labels.blocks().size(); b++) {
      FloatBlock block = labels.blocks().get(b);
      FloatBlock blockWeights = weights == null ? null : weights.blocks().get(b);
      IntToDoubleFunction blockRanks = ranks.ofBlock(b);
      for (int row = 0; row < block.rows(); row++) {
        visitor.visit(blockRanks.applyAsDouble(row), signedWeight(block, blockWeights, row));
      }
    }
  }

  private double signedWeight(FloatBlock block, @Nullable FloatBlock blockWeights, int row) {
    double weight = blockWeights == null ? 1 : blockWeights.get(row, 0);
    // A sign, not a choice of two weights: that is a branch, mispredicted every other row.
    int sign = (int) block.get(row, 0) == place ? 1 : -1;
    return sign * weight;
  }
}
