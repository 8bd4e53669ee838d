package dev.slope.training;

import dev.slope.config.Precision;
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
import org.tensorflow.types.family.TFloating;

/** The quadratic form of the squared loss, in place of the rows that it sums up. */
final class QuadraticFeed implements ResidentFeed {
  private final Precision precision;
  private final int size;
  private final int outputs;
  private final Supplier<QuadraticForm> source;
  private List<Placeholder<?>> inputs = List.of();

  /**
   * A feed of a model's form.
   *
   * @param source asked for the form when it is fed
   */
  QuadraticFeed(ModelShape model, Precision precision, Supplier<QuadraticForm> source) {
    this.precision = precision;
    // Always with an intercept: where none is trained, its row and column are 0.
    this.size = model.inputs() + 1;
    this.outputs = model.outputs();
    this.source = source;
  }

  @Override
  public <T extends TFloating> List<Operand<T>> addData(Ops tf, Class<T> type) {
    List<Placeholder<T>> added =
        List.of(
            input(tf, type, Shape.of(size, size)),
            input(tf, type, Shape.of(size, outputs)),
            input(tf, type, Shape.scalar()));
    inputs = List.copyOf(added);
    return List.copyOf(added);
  }

  @Override
  public List<Tensor> feed(Session.Runner runner) {
    QuadraticForm form = source.get();
    double[] hessian = new double[size * size];
    double[] optimum = new double[size * outputs];
    int filled = form.hessian().size();
    for (int row = 0; row < filled; row++) {
      for (int column = 0; column < filled; column++) {
        hessian[row * size + column] = form.hessian().get(row, column);
      }
    }
    for (int i = 0; i < form.optimum().length; i++) {
      optimum[i] = form.optimum()[i];
    }
    return feed(runner, hessian, optimum, form.optimalLoss());
  }

  /** Feeds a form that is 0 everywhere. */
  List<Tensor> feedZeros(Session.Runner runner) {
    return feed(runner, new double[size * size], new double[size * outputs], 0);
  }

  private List<Tensor> feed(
      Session.Runner runner, double[] hessian, double[] optimum, double optimalLoss) {
    List<Tensor> tensors =
        List.of(
            Tensors.of(precision, Shape.of(size, size), hessian),
            Tensors.of(precision, Shape.of(size, outputs), optimum),
            Tensors.scalar(precision, optimalLoss));
    for (int i = 0; i < tensors.size(); i++) {
      runner.feed(inputs.get(i), tensors.get(i));
    }
    return tensors;
  }

  private static <T extends TFloating> Placeholder<T> input(Ops tf, Class<T> type, Shape shape) {
    return tf.placeholder(type, Placeholder.shape(shape));
  }
}
