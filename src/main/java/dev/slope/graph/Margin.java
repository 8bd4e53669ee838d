package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How far a score is on its label's side, for labels that are 0 or 1. */
final class Margin {
  private Margin() {}

  /** Adds -1 for label 0 and 1 for label 1. */
  static Operand<TFloat32> sign(Ops tf, Operand<TFloat32> labels) {
    return tf.math.sub(tf.math.add(labels, labels), tf.constant(1f));
  }

  /** Adds the score where the label is 1 and its negative where it is 0. */
  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    return tf.math.mul(sign(tf, labels), scores);
  }

  /** Adds how much the margin lacks to 1; at least 0. */
  static Operand<TFloat32> shortfall(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    return tf.math.maximum(tf.constant(0f), tf.math.sub(tf.constant(1f), of(tf, scores, labels)));
  }

  /** Adds 1 where the margin is below 1, else 0. */
  static Operand<TFloat32> isShort(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    return tf.dtypes.cast(tf.math.less(of(tf, scores, labels), tf.constant(1f)), TFloat32.class);
  }
}
