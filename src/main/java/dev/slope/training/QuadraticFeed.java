package dev.slope.training;

import dev.slope.graph.ModelShape;
import dev.slope.training.secondorder.QuadraticForm;
import dev.slope.training.tensors.Tensors;
import java.util.List;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The quadratic form of the squared loss, in place of the rows that it sums up. */
final class QuadraticFeed implements ResidentFeed {
  private final int size;
  private final int outputs;
  private final Supplier<QuadraticForm> source;
  private List<Placeholder<TFloat32>> inputs = List.of();

  /**
   * A feed of a model's form.
   *
   * @param source asked for the form when it is fed
   */
  QuadraticFeed(ModelShape model, Supplier<QuadraticForm> source) {
    // Always with an intercept: where none is trained, its row and column are 0.
    this.size = model.inputs() + 1;
    this.outputs = model.outputs();
    this.source = source;
  }

  @Override
  public List<Operand<TFloat32>> addData(Ops tf) {
    inputs =
        List.of(
            input(tf, Shape.of(size, size)),
            input(tf, Shape.of(size, outputs)),
            input(tf, Shape.scalar()));
    return List.copyOf(inputs);
  }

  @Override
  public List<Tensor> feed(Session.Runner runner) {
    QuadraticForm form = source.get();
    float[] hessian = new float[size * size];
    float[] optimum = new float[size * outputs];
    int filled = form.hessian().size();
    for (int row = 0; row < filled; row++) {
      for (int column = 0; column < filled; column++) {
        hessian[row * size + column] = (float) form.hessian().get(row, column);
      }
    }
    for (int i = 0; i < form.optimum().length; i++) {
      optimum[i] = (float) form.optimum()[i];
    }
    return feed(runner, hessian, optimum, (float) form.optimalLoss());
  }

  /** Feeds a form that is 0 everywhere. */
  List<Tensor> feedZeros(Session.Runner runner) {
    return feed(runner, new float[size * size], new float[size * outputs], 0);
  }

  private List<Tensor> feed(
      Session.Runner runner, float[] hessian, float[] optimum, float optimalLoss) {
    List<Tensor> tensors =
        List.of(
            Tensors.matrix(size, size, hessian),
            Tensors.matrix(size, outputs, optimum),
            TFloat32.scalarOf(optimalLoss));
    for (int i = 0; i < tensors.size(); i++) {
      runner.feed(inputs.get(i), tensors.get(i));
    }
    return tensors;
  }

  private static Placeholder<TFloat32> input(Ops tf, Shape shape) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
  }
}
