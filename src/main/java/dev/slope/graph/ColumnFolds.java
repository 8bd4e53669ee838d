package dev.slope.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * Which rows each column of the weights leaves out, and the scale that it trains on: that of the
 * rows it doesn't leave out, {@code input * factor + shift}. A score is then {@code (x * factor +
 * shift)' w + b = x' (factor * w) + (b + shift' w)}, so that all columns share one matrix of rows;
 * their gradients follow by the chain rule.
 *
 * @param ofColumn the fold that each column leaves out; one that no row has where it leaves out
 *     none
 * @param factors {@code [inputs, columns]}, row by row; null where all columns train on the scale
 *     of the rows
 * @param shifts as the factors
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ColumnFolds(int[] ofColumn, double @Nullable [] factors, double @Nullable [] shifts) {

  /**
   * Adds whether a row counts for a column, {@code [rows, columns]}.
   *
   * @param ofRows the fold of each row, {@code [rows, 1]}
   */
  <T extends TFloating> Operand<TBool> counts(Ops tf, Operand<T> ofRows) {
    double[] left = new double[ofColumn.length];
    for (int column = 0; column < left.length; column++) {
      left[column] = ofColumn[column];
    }
    return tf.math.notEqual(ofRows, Constants.vector(tf, left, ofRows));
  }

  /** Weights and intercepts on the scale that all columns share. */
  <T extends TFloating> List<Operand<T>> onSharedScale(Ops tf, List<Operand<T>> parameters) {
    if (factors == null || shifts == null) {
      return parameters;
    }
    Operand<T> weights = parameters.get(0);
    Operand<T> shifted = tf.sum(tf.math.mul(matrix(tf, shifts, weights), weights), tf.constant(0));
    return List.of(
        tf.math.mul(matrix(tf, factors, weights), weights),
        tf.math.add(parameters.get(1), shifted));
  }

  /**
   * The gradient of the weights on the columns' own scales.
   *
   * @param ofWeights on the scale that all columns share
   * @param ofIntercepts the same on both
   */
  <T extends TFloating> Operand<T> gradientOnOwnScale(
      Ops tf, Operand<T> ofWeights, Operand<T> ofIntercepts) {
    if (factors == null || shifts == null) {
      return ofWeights;
    }
    return tf.math.add(
        tf.math.mul(matrix(tf, factors, ofWeights), ofWeights),
        tf.math.mul(matrix(tf, shifts, ofWeights), ofIntercepts));
  }

  private <T extends TFloating> Operand<T> matrix(Ops tf, double[] values, Operand<T> like) {
    return Constants.matrix(tf, ofColumn.length, values, like);
  }
}
