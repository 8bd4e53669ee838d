package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code base} times the factor of the present interval. An interval begins when its boundary's
 * epochs have run, as in PyTorch's MultiStepLR; Keras's PiecewiseConstantDecay begins it one step
 * later.
 *
 * @param boundaryEpochs ascending, above 0
 * @param factors one more than boundaries
 */
record StepDecay(List<Double> boundaryEpochs, List<Double> factors)
    implements LearningRateSchedule {
  @Override
  public Operand<TFloat32> rate(
      Ops tf, Operand<TFloat32> base, Operand<TFloat32> epochsDone, List<Operand<TFloat32>> state) {
    Operand<TFloat32> factor = tf.constant(factors.get(0).floatValue());
    for (int i = 0; i < boundaryEpochs.size(); i++) {
      factor =
          tf.select(
              tf.math.greaterEqual(epochsDone, tf.constant(boundaryEpochs.get(i).floatValue())),
              tf.constant(factors.get(i + 1).floatValue()),
              factor);
    }
    return tf.math.mul(base, factor);
  }
}
