package dev.slope.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;

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
  public Operand<TFloat32> loss(
      Ops tf, List<Operand<TFloat32>> parameters, List<Operand<TFloat32>> data) {
    return total(tf, scores(tf, parameters, data), parameters, data);
  }

  @Override
  public Evaluation evaluate(
      Ops tf, List<Operand<TFloat32>> parameters, List<Operand<TFloat32>> data) {
    Operand<TFloat32> scores = scores(tf, parameters, data);
    Operand<TFloat32> slopes = loss.slopes(tf, scores, labels(data));
    if (rows.weighted()) {
      slopes = tf.math.mul(slopes, weights(data));
    }
    slopes = tf.math.mul(slopes, tf.constant(1f / rows.rows()));
    Operand<TFloat32> ofWeights =
        penalty.addGradientTo(tf, ofInputs(tf, data.get(0), slopes), parameters.get(0));
    Operand<TFloat32> ofIntercepts =
        fitIntercept ? tf.sum(slopes, tf.constant(new int[] {0})) : tf.zerosLike(parameters.get(1));
    return new Evaluation(total(tf, scores, parameters, data), List.of(ofWeights, ofIntercepts));
  }

  private Operand<TFloat32> ofInputs(Ops tf, Operand<TFloat32> columns, Operand<TFloat32> slopes) {
    Operand<TFloat32> products = this.products.ofRows(tf, columns, slopes);
    return columns.shape().get(1) == model.inputs()
        ? products
        : tf.slice(
            products,
            tf.constant(new int[] {0, 0}),
            tf.constant(new int[] {model.inputs(), model.outputs()}));
  }

  private Operand<TFloat32> scores(
      Ops tf, List<Operand<TFloat32>> parameters, List<Operand<TFloat32>> data) {
    Operand<TFloat32> scores =
        tf.math.add(products.ofColumns(tf, data.get(0), parameters.get(0)), parameters.get(1));
    return rows.offset() ? tf.math.add(scores, data.get(data.size() - 1)) : scores;
  }

  private Operand<TFloat32> total(
      Ops tf,
      Operand<TFloat32> scores,
      List<Operand<TFloat32>> parameters,
      List<Operand<TFloat32>> data) {
    Operand<TFloat32> ofRows = loss.ofRows(tf, scores, labels(data));
    if (rows.weighted()) {
      ofRows = tf.math.mul(ofRows, tf.squeeze(weights(data), AXIS_1));
    }
    return penalty.addTo(tf, tf.math.mean(ofRows, tf.constant(new int[] {0})), parameters.get(0));
  }

  private static Operand<TFloat32> labels(List<Operand<TFloat32>> data) {
    return data.get(1);
  }

  private static Operand<TFloat32> weights(List<Operand<TFloat32>> data) {
    return data.get(2);
  }
}
