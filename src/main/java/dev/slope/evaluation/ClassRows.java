package dev.slope.evaluation;

import dev.slope.data.FloatArray;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a class and all others, each with its rank: a visit takes the ranks as values, with the
 * weights of rows of the class above 0 and those of others below.
 */
final class ClassRows implements WeightedValues {
  /** Rows whose labels are read at once: out of an array that costs less. */
  private static final int SOME = 1 << 12;

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
    FloatArray read = new FloatArray(labels.precision(), SOME);
    double[] some = new double[SOME];
    for (int b = 0; b < labels.blocks().size(); b++) {
      for (int first = 0; first < labels.blocks().get(b).rows(); first += SOME) {
        int rows = readWeights(b, first, read, some);
        for (int i = 0; i < rows; i++) {
          own += Math.max(some[i], 0);
          others += Math.max(-some[i], 0);
        }
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
    FloatArray read = new FloatArray(labels.precision(), SOME);
    double[] some = new double[SOME];
    for (int b = 0; b < labels.blocks().size(); b++) {
      IntToDoubleFunction blockRanks = ranks.ofBlock(b);
      for (int first = 0; first < labels.blocks().get(b).rows(); first += SOME) {
        int rows = readWeights(b, first, read, some);
        for (int i = 0; i < rows; i++) {
          visitor.visit(blockRanks.applyAsDouble(first + i), some[i]);
        }
      }
    }
  }

  /**
   * Reads the signed weights of neighbouring rows of a block.
   *
   * @param read takes their labels
   * @return how many rows there are
   */
  private int readWeights(int b, int first, FloatArray read, double[] to) {
    FloatBlock block = labels.blocks().get(b);
    int rows = Math.min(to.length, block.rows() - first);
    block.read(first, read, rows);
    for (int i = 0; i < rows; i++) {
      // A sign, not a choice of two weights: that is a branch, mispredicted every other row.
      to[i] = (int) read.get(i) == place ? 1 : -1;
    }
    if (weights != null) {
      FloatBlock blockWeights = weights.blocks().get(b);
      for (int i = 0; i < rows; i++) {
        to[i] *= blockWeights.get(first + i, 0);
      }
    }
    return rows;
  }
}
