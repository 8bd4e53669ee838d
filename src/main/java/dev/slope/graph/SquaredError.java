package dev.slope.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The mean over rows and outputs of {@code (score - label)^2}. */
record SquaredError() implements Loss {
  @Override
  public Operand<TFloat32> of(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> labels) {
    Operand<TFloat32> error = tf.math.sub(scores, labels);
    return tf.math.mean(tf.math.square(error), tf.constant(new int[] {0, 1}));
  }
}
