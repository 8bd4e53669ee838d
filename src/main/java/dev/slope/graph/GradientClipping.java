package dev.slope.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Scales long gradients down, as {@code tf.clip_by_global_norm} does. */
final class GradientClipping {
  private GradientClipping() {}

  /**
   * Adds {@code gradient * longest / max(norm, longest)}, the norm being that of all parameters
   * together; without a longest norm it adds no op.
   */
  static <T extends TFloating> List<Operand<T>> clip(
      Ops tf, List<Operand<T>> gradients, @Nullable Double longest) {
    return clip(tf, gradients, longest, EpochRules::axes);
  }

  /**
   * Adds the same for each of the trainings that the gradients are of.
   *
   * @param axes over which the squares of a gradient are summed up to those of a training
   */
  static <T extends TFloating> List<Operand<T>> clip(
      Ops tf,
      List<Operand<T>> gradients,
      @Nullable Double longest,
      Function<Operand<T>, int[]> axes) {
    if (longest == null) {
      return gradients;
    }
    Operand<T> squares = Constants.scalar(tf, 0, gradients.get(0));
    for (Operand<T> gradient : gradients) {
      squares =
          tf.math.add(squares, tf.sum(tf.math.square(gradient), tf.constant(axes.apply(gradient))));
    }
    Operand<T> factor =
        tf.math.div(
            Constants.scalar(tf, longest, gradients.get(0)),
            tf.math.maximum(
                tf.math.sqrt(squares), Constants.scalar(tf, longest, gradients.get(0))));
    List<Operand<T>> clipped = new ArrayList<>();
    for (Operand<T> gradient : gradients) {
      clipped.add(tf.math.mul(gradient, factor));
    }
    return clipped;
  }
}
