package dev.slope.graph;

import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * A loss that compares each score with the label of its own column; a row's loss is the mean over
 * its columns. Subtypes give the function of one score, element by element.
 */
sealed interface ElementwiseLoss extends Loss
    permits SquaredError,
        HuberLoss,
        PinballLoss,
        AbsoluteError,
        LogisticLoss,
        ProbitLoss,
        CloglogLoss,
        PoissonDeviance,
        GammaDeviance,
        TweedieDeviance,
        Hinge,
        SquaredHinge {

  /** The number of scores of a row. */
  default int outputs() {
    return 1;
  }

  /** Adds the loss of each score, {@code [rows, outputs]}. */
  <T extends TFloating> Operand<T> ofScores(Ops tf, Operand<T> scores, Operand<T> labels);

  /** Adds the derivative of {@link #ofScores} by its own score. */
  <T extends TFloating> Operand<T> slopesOfScores(Ops tf, Operand<T> scores, Operand<T> labels);

  /** Adds the second derivative of {@link #ofScores} by its own score. */
  <T extends TFloating> Operand<T> curvaturesOfScores(Ops tf, Operand<T> scores, Operand<T> labels);

  /**
   * Adds the sum over rows of {@link #ofScores}, column by column, for labels that all columns
   * share.
   *
   * @param scores {@code [rows, columns]}
   * @param labels {@code [rows, 1]}
   * @param counts which scores are added up, {@code [rows, columns]}; null for all
   * @return {@code [columns]}
   */
  default <T extends TFloating> Operand<T> sums(
      Ops tf, Operand<T> scores, Operand<T> labels, @Nullable Operand<TBool> counts) {
    return ColumnSums.of(tf, ColumnSums.counted(tf, ofScores(tf, scores, labels), counts));
  }

  @Override
  default <T extends TFloating> Operand<T> ofRows(Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.math.mean(ofScores(tf, scores, labels), tf.constant(new int[] {1}));
  }

  @Override
  default <T extends TFloating> Operand<T> slopes(Ops tf, Operand<T> scores, Operand<T> labels) {
    return perOutput(tf, slopesOfScores(tf, scores, labels));
  }

  @Override
  default <T extends TFloating> Operand<T> curvatures(
      Ops tf, Operand<T> scores, Operand<T> labels) {
    Operand<T> column =
        tf.expandDims(perOutput(tf, curvaturesOfScores(tf, scores, labels)), tf.constant(2));
    return outputs() == 1 ? column : tf.math.mul(column, Constants.identity(tf, outputs(), column));
  }

  private <T extends TFloating> Operand<T> perOutput(Ops tf, Operand<T> values) {
    return outputs() == 1
        ? values
        : tf.math.mul(values, Constants.scalar(tf, 1.0 / outputs(), values));
  }
}
