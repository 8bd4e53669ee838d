package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * An objective that is watched but computed outside of the graph, because its rows don't fit into
 * memory: its only data is its value at the present parameters, given with each epoch.
 */
public record GivenObjective(ModelShape model) implements Objective {

  /** The loss, a scalar. */
  @Override
  public List<Shape> dataShapes() {
    return List.of(Shape.scalar());
  }

  @Override
  public <T extends TFloating> Operand<T> loss(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    return data.get(0);
  }

  /** Never: it can be watched, not trained. */
  @Override
  public <T extends TFloating> Evaluation<T> evaluate(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    throw new UnsupportedOperationException("a given objective has no gradients");
  }
}
