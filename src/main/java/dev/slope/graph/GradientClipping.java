package dev.slope.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Scales long gradients down, as {@code tf.clip_by_global_norm} does. */
final class GradientClipping {
  private GradientClipping() {}

  /**
   * Adds {@code gradient * longest / max(norm, longest)}, the norm being that of all parameters
   * together; without a longest norm it adds no op.
   */
  static List<Operand<TFloat32>> clip(
      Ops tf, List<Operand<TFloat32>> gradients, @Nullable Float longest) {
    if (longest == null) {
      return gradients;
    }
    Operand<TFloat32> squares = tf.constant(0f);
    for (Operand<TFloat32> gradient : gradients) {
      squares =
          tf.math.add(
              squares, tf.sum(tf.math.square(gradient), tf.constant(EpochRules.axes(gradient))));
    }
    Operand<TFloat32> factor =
        tf.math.div(
            tf.constant(longest), tf.math.maximum(tf.math.sqrt(squares), tf.constant(longest)));
    List<Operand<TFloat32>> clipped = new ArrayList<>();
    for (Operand<TFloat32> gradient : gradients) {
      clipped.add(tf.math.mul(gradient, factor));
    }
    return clipped;
  }
}
