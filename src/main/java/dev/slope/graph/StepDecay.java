package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

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
  public <T extends TFloating> Operand<T> rate(
      Ops tf, Operand<T> base, Operand<T> epochsDone, List<Operand<T>> state) {
    Operand<T> factor = Constants.scalar(tf, factors.get(0), base);
    for (int i = 0; i < boundaryEpochs.size(); i++) {
      factor =
          tf.select(
              tf.math.greaterEqual(epochsDone, Constants.scalar(tf, boundaryEpochs.get(i), base)),
              Constants.scalar(tf, factors.get(i + 1), base),
              factor);
    }
    return tf.math.mul(base, factor);
  }
}
