package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * The score less the label's logarithm, of models whose mean is the exponential of the score. A
 * deviance written in it is exactly 0 at a perfect fit; written in mean and label it is the small
 * difference of large numbers.
 */
final class LogRatio {
  private LogRatio() {}

  /** Adds {@code score - ln(label)}; a label that is not above 0 counts as 1. */
  static <T extends TFloating> Operand<T> of(Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.math.sub(scores, logarithm(tf, labels));
  }

  /** Adds {@code ln(label)}; a label that is not above 0 counts as 1. */
  static <T extends TFloating> Operand<T> logarithm(Ops tf, Operand<T> labels) {
    return tf.math.log(tf.select(isPositive(tf, labels), labels, tf.onesLike(labels)));
  }

  /** Adds whether each label is above 0. */
  static <T extends TFloating> Operand<TBool> isPositive(Ops tf, Operand<T> labels) {
    return tf.math.greater(labels, Constants.scalar(tf, 0, labels));
  }
}
