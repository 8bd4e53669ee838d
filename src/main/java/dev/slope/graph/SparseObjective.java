package dev.slope.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What {@link RowsObjective} is, over rows that are packed as {@link SparseRows}: the weights of
 * one-hot inputs are gathered, and their gradients are the sums of the slopes of the rows that have
 * them.
 *
 * <p>A sum of slopes always has one order, the rows', whatever threads there are.
 *
 * @param model the size of the model
 * @param rows the shapes of the data, with as many inputs as {@code sparse} has columns
 * @param sparse how features are packed
 * @param loss of a row
 * @param penalty on the weights
 * @param fitIntercept whether intercepts are trained; where not, their gradient is 0
 */
public record SparseObjective(
    ModelShape model,
    RowsShape rows,
    SparseRows sparse,
    Loss loss,
    Penalty penalty,
    boolean fitIntercept)
    implements Objective {
  private static final Squeeze.Options AXIS_1 = Squeeze.axis(List.of(1L));

  @Override
  public List<Shape> dataShapes() {
    return rows.tensors();
  }

  /** The same without a penalty. */
  SparseObjective withoutPenalty() {
    return new SparseObjective(model, rows, sparse, loss, Penalty.NONE, fitIntercept);
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
    Operand<T> slopes = slopes(tf, scores, data.get(1), rows.weighted() ? data.get(2) : null);
    Operand<T> ofWeights =
        penalty.addGradientTo(tf, ofInputs(tf, data.get(0), slopes), parameters.get(0));
    Operand<T> ofIntercepts =
        fitIntercept ? tf.sum(slopes, tf.constant(new int[] {0})) : tf.zerosLike(parameters.get(1));
    return new Evaluation<>(total(tf, scores, parameters, data), List.of(ofWeights, ofIntercepts));
  }

  /**
   * The derivatives of the mean loss by the scores.
   *
   * @param weights of the rows; null where they have none
   * @return {@code [rows, outputs]}
   */
  <T extends TFloating> Operand<T> slopes(
      Ops tf, Operand<T> scores, Operand<T> labels, @Nullable Operand<T> weights) {
    Operand<T> share = Constants.share(tf, 1, rows.rows(), scores);
    return tf.math.mul(
        loss.slopes(tf, scores, labels), weights == null ? share : tf.math.mul(weights, share));
  }

  private <T extends TFloating> Operand<T> scores(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    Operand<T> weights = parameters.get(0);
    Operand<TInt32> places = sparse.placesOf(tf, data.get(0));
    Operand<T> gathered = tf.gather(weights, existing(tf, places), tf.constant(0));
    Operand<T> scores = tf.math.add(sum(tf, gathered, places), parameters.get(1));
    if (!sparse.dense().isEmpty()) {
      Operand<T> own = tf.gather(weights, sparse.denseRows(tf), tf.constant(0));
      scores = tf.math.add(scores, tf.linalg.matMul(sparse.denseOf(tf, data.get(0)), own));
    }
    return rows.offset() ? tf.math.add(scores, data.get(data.size() - 1)) : scores;
  }

  /** Places with another one, whose weight then doesn't count, instead of none. */
  Operand<TInt32> existing(Ops tf, Operand<TInt32> places) {
    return sparse.gaps() ? tf.math.maximum(places, tf.constant(0)) : places;
  }

  /**
   * What the places add to the scores.
   *
   * @param gathered their weights, {@code [rows, places, outputs]}
   * @param places {@code [rows, places]}
   * @return {@code [rows, outputs]}
   */
  private <T extends TFloating> Operand<T> sum(
      Ops tf, Operand<T> gathered, Operand<TInt32> places) {
    return tf.sum(existingOnly(tf, gathered, places), tf.constant(1));
  }

  /**
   * Sets to 0 what is of no place.
   *
   * @param values {@code [a, b, outputs]}
   * @param places {@code [a, b]}
   */
  <T extends TFloating> Operand<T> existingOnly(Ops tf, Operand<T> values, Operand<TInt32> places) {
    return sparse.gaps() ? tf.math.mul(values, areThere(tf, places, values)) : values;
  }

  /** 1 where there is a place and 0 where there is none, with another axis. */
  private static <T extends TFloating> Operand<T> areThere(
      Ops tf, Operand<TInt32> places, Operand<T> like) {
    return tf.expandDims(
        tf.dtypes.cast(tf.math.greaterEqual(places, tf.constant(0)), like.type()), tf.constant(2));
  }

  /**
   * The slopes of each place, 0 where there is none.
   *
   * @param slopes {@code [rows, outputs]}
   * @return {@code [rows * places, outputs]}
   */
  private <T extends TFloating> Operand<T> slopesOfPlaces(
      Ops tf, Operand<T> slopes, Operand<TInt32> places) {
    Operand<T> each = tf.expandDims(slopes, tf.constant(1));
    Operand<T> spread =
        sparse.gaps()
            ? tf.math.mul(each, areThere(tf, places, each))
            : tf.broadcastTo(
                each,
                tf.constant(
                    new int[] {Math.toIntExact(rows.rows()), sparse.places(), model.outputs()}));
    return tf.reshape(spread, tf.constant(new int[] {-1, model.outputs()}));
  }

  /** The gradient of all weights. */
  private <T extends TFloating> Operand<T> ofInputs(
      Ops tf, Operand<T> features, Operand<T> slopes) {
    Operand<TInt32> places = sparse.placesOf(tf, features);
    Operand<T> terms = slopesOfPlaces(tf, slopes, places);
    // A place of -1 is left out of the sums.
    Operand<TInt32> to = tf.reshape(places, tf.constant(new int[] {-1}));
    if (!sparse.dense().isEmpty()) {
      Operand<T> ofDense =
          tf.linalg.matMul(sparse.denseOf(tf, features), slopes, MatMul.transposeA(true));
      terms = tf.concat(List.of(terms, ofDense), tf.constant(0));
      to = tf.concat(List.of(to, sparse.denseRows(tf)), tf.constant(0));
    }
    return tf.math.unsortedSegmentSum(terms, to, tf.constant(model.inputs()));
  }

  private <T extends TFloating> Operand<T> total(
      Ops tf, Operand<T> scores, List<Operand<T>> parameters, List<Operand<T>> data) {
    Operand<T> ofRows = loss.ofRows(tf, scores, data.get(1));
    if (rows.weighted()) {
      ofRows = tf.math.mul(ofRows, tf.squeeze(data.get(2), AXIS_1));
    }
    return penalty.addTo(tf, tf.math.mean(ofRows, tf.constant(new int[] {0})), parameters.get(0));
  }

  /**
   * The losses of several batches of these rows, one below another.
   *
   * @param scores {@code [batches * rows, outputs]}
   * @param labels as many rows
   * @param weights as many rows; ignored where rows have none
   * @return without the penalty, {@code [batches]}
   */
  <T extends TFloating> Operand<T> lossesOfBatches(
      Ops tf, int batches, Operand<T> scores, Operand<T> labels, List<Operand<T>> weights) {
    Operand<T> ofRows = loss.ofRows(tf, scores, labels);
    if (rows.weighted()) {
      ofRows = tf.math.mul(ofRows, tf.squeeze(weights.get(0), AXIS_1));
    }
    return tf.math.mean(
        tf.reshape(ofRows, tf.constant(new int[] {batches, Math.toIntExact(rows.rows())})),
        tf.constant(1));
  }
}
