package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** How far a score is on its label's side, for labels that are 0 or 1. */
final class Margin {
  private Margin() {}

  /** Adds -1 for label 0 and 1 for label 1. */
  static <T extends TFloating> Operand<T> sign(Ops tf, Operand<T> labels) {
    return tf.math.sub(tf.math.add(labels, labels), Constants.scalar(tf, 1, labels));
  }

  /** Adds the score where the label is 1 and its negative where it is 0. */
  static <T extends TFloating> Operand<T> of(Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.math.mul(sign(tf, labels), scores);
  }

  /** Adds how much the margin lacks to 1; at least 0. */
  static <T extends TFloating> Operand<T> shortfall(Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.math.maximum(
        Constants.scalar(tf, 0, labels),
        tf.math.sub(Constants.scalar(tf, 1, labels), of(tf, scores, labels)));
  }

  /** Adds 1 where the margin is below 1, else 0. */
  static <T extends TFloating> Operand<T> isShort(Ops tf, Operand<T> scores, Operand<T> labels) {
    return tf.dtypes.cast(
        tf.math.less(of(tf, scores, labels), Constants.scalar(tf, 1, labels)), labels.type());
  }
}
