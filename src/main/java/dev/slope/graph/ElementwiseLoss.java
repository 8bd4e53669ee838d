package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

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
  Operand<TFloat32> ofScores(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels);

  /** Adds the derivative of {@link #ofScores} by its own score. */
  Operand<TFloat32> slopesOfScores(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels);

  /** Adds the second derivative of {@link #ofScores} by its own score. */
  Operand<TFloat32> curvaturesOfScores(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels);

  @Override
  default Operand<TFloat32> ofRows(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    return tf.math.mean(ofScores(tf, scores, labels), tf.constant(new int[] {1}));
  }

  @Override
  default Operand<TFloat32> slopes(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    return perOutput(tf, slopesOfScores(tf, scores, labels));
  }

  @Override
  default Operand<TFloat32> curvatures(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    Operand<TFloat32> column =
        tf.expandDims(perOutput(tf, curvaturesOfScores(tf, scores, labels)), tf.constant(2));
    return outputs() == 1 ? column : tf.math.mul(column, Identity.matrix(tf, outputs()));
  }

  private Operand<TFloat32> perOutput(Ops tf, Operand<TFloat32> values) {
    return outputs() == 1 ? values : tf.math.mul(values, tf.constant(1f / outputs()));
  }
}
