package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The squared loss as the quadratic form it is: {@code loss* + sum over outputs of (b - b*)' H (b -
 * b*) / 2}, whose cost does not depend on the number of rows.
 *
 * <p>About the optimum it can't cancel, as {@code y'y - 2 b'X'y + b'X'Xb} does. {@code b} stacks
 * the weights of an output over its intercept; {@code H}, {@code b*} and {@code loss*} include the
 * l2 penalty.
 *
 * @param model the size of the model
 * @param l1 the factor of the sum of absolute weights
 * @param fitIntercept whether intercepts are trained; where not, their gradient is 0
 */
public record QuadraticObjective(ModelShape model, double l1, boolean fitIntercept)
    implements Objective {

  /** H {@code [inputs + 1, inputs + 1]}, b* {@code [inputs + 1, outputs]}, loss* (a scalar). */
  @Override
  public List<Shape> dataShapes() {
    int size = model.inputs() + 1;
    return List.of(Shape.of(size, size), Shape.of(size, model.outputs()), Shape.scalar());
  }

  @Override
  public <T extends TFloating> Operand<T> loss(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    Operand<T> distance = distance(tf, parameters, data);
    return loss(tf, distance, tf.linalg.matMul(data.get(0), distance), parameters, data);
  }

  @Override
  public <T extends TFloating> Evaluation<T> evaluate(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    Operand<T> distance = distance(tf, parameters, data);
    Operand<T> gradient = tf.linalg.matMul(data.get(0), distance);
    Operand<T> ofWeights =
        tf.slice(
            gradient,
            tf.constant(new int[] {0, 0}),
            tf.constant(new int[] {model.inputs(), model.outputs()}));
    Operand<T> ofIntercepts =
        fitIntercept
            ? tf.reshape(
                tf.slice(
                    gradient,
                    tf.constant(new int[] {model.inputs(), 0}),
                    tf.constant(new int[] {1, model.outputs()})),
                tf.constant(new int[] {model.outputs()}))
            : tf.zerosLike(parameters.get(1));
    return new Evaluation<>(
        loss(tf, distance, gradient, parameters, data), List.of(ofWeights, ofIntercepts));
  }

  private <T extends TFloating> Operand<T> distance(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    Operand<T> intercepts =
        tf.reshape(parameters.get(1), tf.constant(new int[] {1, model.outputs()}));
    Operand<T> stacked = tf.concat(List.of(parameters.get(0), intercepts), tf.constant(0));
    return tf.math.sub(stacked, data.get(1));
  }

  private <T extends TFloating> Operand<T> loss(
      Ops tf,
      Operand<T> distance,
      Operand<T> gradient,
      List<Operand<T>> parameters,
      List<Operand<T>> data) {
    Operand<T> twice = tf.sum(tf.math.mul(distance, gradient), tf.constant(new int[] {0, 1}));
    Operand<T> excess = tf.math.mul(twice, Constants.scalar(tf, 0.5, twice));
    return new Penalty(l1, 0).addTo(tf, tf.math.add(data.get(2), excess), parameters.get(0));
  }
}
