package dev.slope.training;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;

/** A watched loss that is computed outside of the graph, and fed at the end of each epoch. */
final class GivenLossFeed implements ResidentFeed {
  private @Nullable Placeholder<?> loss;

  @Override
  public <T extends TFloating> List<Operand<T>> addData(Ops tf, Class<T> type) {
    Placeholder<T> added = tf.placeholder(type, Placeholder.shape(Shape.scalar()));
    loss = added;
    return List.of(added);
  }

  /** Nothing: no epoch has ended yet. */
  @Override
  public List<Tensor> feed(Session.Runner runner) {
    return List.of();
  }

  /** Feeds the loss, a scalar, at the parameters that an epoch's end is about. */
  void feed(Session.Runner runner, Tensor value) {
    runner.feed(Objects.requireNonNull(loss, "addData comes first"), value);
  }
}
