package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.family.TFloating;

/**
 * {@code sum_i w_i loss_i / sum_i w_i + penalty} over rows, with its gradient by hand: {@code X' (w
 * * slopes) / sum w}.
 *
 * <p>Row weights must have a mean of 1, which is what makes a mean over rows of their sum.
 *
 * @param model the size of the model
 * @param rows the shapes of the data: features, labels, weights, offsets
 * @param loss of a row
 * @param penalty on the weights
 * @param fitIntercept whether intercepts are trained; where not, their gradient is 0
 * @param products how features are multiplied; the sums differ in rounding only
 */
public record RowsObjective(
    ModelShape model,
    RowsShape rows,
    Loss loss,
    Penalty penalty,
    boolean fitIntercept,
    Products products)
    implements Objective {
  private static final Squeeze.Options AXIS_1 = Squeeze.axis(List.of(1L));

  @Override
  public List<Shape> dataShapes() {
    return rows.tensors();
  }

  /** The objective of so many of the rows, without the penalty. */
  RowsObjective ofPart(long count) {
    RowsShape part =
        new RowsShape(count, rows.inputs(), rows.labelColumns(), rows.weighted(), rows.offset());
    return new RowsObjective(model, part, loss, Penalty.NONE, fitIntercept, products);
  }

  @Override
  public <T extends TFloating> Operand<T> loss(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    return total(tf, scores(tf, parameters, data), parameters, data);
  }

  @Override
  public <T extends TFloating> Evaluation<T> evaluate(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    Operand<T> scores = scores(tf, parameters, data);
    Operand<T> slopes = loss.slopes(tf, scores, labels(data));
    if (rows.weighted()) {
      slopes = tf.math.mul(slopes, weights(data));
    }
    slopes = tf.math.mul(slopes, Constants.share(tf, 1, rows.rows(), scores));
    Operand<T> ofWeights =
        penalty.addGradientTo(tf, ofInputs(tf, data.get(0), slopes), parameters.get(0));
    Operand<T> ofIntercepts =
        fitIntercept ? tf.sum(slopes, tf.constant(new int[] {0})) : tf.zerosLike(parameters.get(1));
    return new Evaluation<>(total(tf, scores, parameters, data), List.of(ofWeights, ofIntercepts));
  }

  private <T extends TFloating> Operand<T> ofInputs(Ops tf, Operand<T> columns, Operand<T> slopes) {
    Operand<T> products = this.products.ofRows(tf, columns, slopes);
    return columns.shape().get(1) == model.inputs()
        ? products
        : tf.slice(
            products,
            tf.constant(new int[] {0, 0}),
            tf.constant(new int[] {model.inputs(), model.outputs()}));
  }

  private <T extends TFloating> Operand<T> scores(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    Operand<T> scores =
        tf.math.add(products.ofColumns(tf, data.get(0), parameters.get(0)), parameters.get(1));
    return rows.offset() ? tf.math.add(scores, data.get(data.size() - 1)) : scores;
  }

  private <T extends TFloating> Operand<T> total(
      Ops tf, Operand<T> scores, List<Operand<T>> parameters, List<Operand<T>> data) {
    Operand<T> ofRows = loss.ofRows(tf, scores, labels(data));
    if (rows.weighted()) {
      ofRows = tf.math.mul(ofRows, tf.squeeze(weights(data), AXIS_1));
    }
    return penalty.addTo(tf, tf.math.mean(ofRows, tf.constant(new int[] {0})), parameters.get(0));
  }

  private static <T extends TFloating> Operand<T> labels(List<Operand<T>> data) {
    return data.get(1);
  }

  private static <T extends TFloating> Operand<T> weights(List<Operand<T>> data) {
    return data.get(2);
  }
}
