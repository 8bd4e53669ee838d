package dev.slope.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The squared losses of many trainings as the quadratic forms that they are, as {@link
 * QuadraticObjective} has that of one: {@code loss* + (b - b*)' H (b - b*) / 2} with {@code b} a
 * column of weights over its intercept.
 *
 * <p>Trainings on the same rows have the same {@code H} but for their l2: {@code H = G + l2 D}, D
 * being 1 on the diagonal of the weights. So neighbouring columns that share their rows are one
 * product with {@code G}.
 *
 * @param model inputs, and columns
 * @param columnsOfRows how many neighbouring columns share their rows, from the first on
 * @param penalty of the columns
 * @param fitIntercept whether intercepts are trained; where not, their gradient is 0
 */
public record ColumnwiseQuadraticObjective(
    ModelShape model, List<Integer> columnsOfRows, ColumnwisePenalty penalty, boolean fitIntercept)
    implements ColumnwiseObjective {
  public ColumnwiseQuadraticObjective {
    columnsOfRows = List.copyOf(columnsOfRows);
    int columns = columnsOfRows.stream().mapToInt(Integer::intValue).sum();
    if (columns != model.outputs()) {
      throw new IllegalArgumentException(
          "all %d columns must have rows, but %d had".formatted(model.outputs(), columns));
    }
  }

  /**
   * G {@code [inputs + 1, inputs + 1]} of each of {@link #columnsOfRows}; then b* {@code [inputs +
   * 1, columns]} and loss* {@code [columns]}, l2 included.
   */
  @Override
  public List<Shape> dataShapes() {
    int size = model.inputs() + 1;
    List<Shape> shapes = new ArrayList<>();
    for (int rows = 0; rows < columnsOfRows.size(); rows++) {
      shapes.add(Shape.of(size, size));
    }
    shapes.add(Shape.of(size, model.outputs()));
    shapes.add(Shape.of(model.outputs()));
    return shapes;
  }

  @Override
  public <T extends TFloating> Operand<T> loss(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    Operand<T> distance = distance(tf, parameters, data);
    return losses(tf, distance, products(tf, distance, data), parameters, data);
  }

  @Override
  public <T extends TFloating> Evaluation<T> evaluate(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    Operand<T> distance = distance(tf, parameters, data);
    Operand<T> products = products(tf, distance, data);
    Operand<T> ofWeights = penalty.addGradientTo(tf, weights(tf, products), weights(tf, distance));
    Operand<T> ofIntercepts =
        fitIntercept
            ? tf.reshape(
                tf.slice(
                    products,
                    tf.constant(new int[] {model.inputs(), 0}),
                    tf.constant(new int[] {1, model.outputs()})),
                tf.constant(new int[] {model.outputs()}))
            : tf.zerosLike(parameters.get(1));
    return new Evaluation<>(
        losses(tf, distance, products, parameters, data), List.of(ofWeights, ofIntercepts));
  }

  private <T extends TFloating> Operand<T> distance(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    Operand<T> intercepts =
        tf.reshape(parameters.get(1), tf.constant(new int[] {1, model.outputs()}));
    Operand<T> stacked = tf.concat(List.of(parameters.get(0), intercepts), tf.constant(0));
    return tf.math.sub(stacked, data.get(columnsOfRows.size()));
  }

  /** {@code G (b - b*)}, column by column. */
  private <T extends TFloating> Operand<T> products(
      Ops tf, Operand<T> distance, List<Operand<T>> data) {
    if (columnsOfRows.size() == 1) {
      return SmallProducts.matMul(tf, data.get(0), distance);
    }
    List<Operand<T>> products = new ArrayList<>();
    int first = 0;
    for (int rows = 0; rows < columnsOfRows.size(); rows++) {
      int columns = columnsOfRows.get(rows);
      Operand<T> part =
          tf.slice(
              distance,
              tf.constant(new int[] {0, first}),
              tf.constant(new int[] {model.inputs() + 1, columns}));
      products.add(SmallProducts.matMul(tf, data.get(rows), part));
      first += columns;
    }
    return tf.concat(products, tf.constant(1));
  }

  private <T extends TFloating> Operand<T> losses(
      Ops tf,
      Operand<T> distance,
      Operand<T> products,
      List<Operand<T>> parameters,
      List<Operand<T>> data) {
    Operand<T> twice = tf.sum(tf.math.mul(distance, products), tf.constant(0));
    Operand<T> excess =
        penalty.addL2To(
            tf, tf.math.mul(twice, Constants.scalar(tf, 0.5, twice)), weights(tf, distance));
    return penalty.addL1To(
        tf, tf.math.add(data.get(columnsOfRows.size() + 1), excess), parameters.get(0));
  }

  /** The rows of the weights. */
  private <T extends TFloating> Operand<T> weights(Ops tf, Operand<T> stacked) {
    return tf.slice(
        stacked,
        tf.constant(new int[] {0, 0}),
        tf.constant(new int[] {model.inputs(), model.outputs()}));
  }
}
