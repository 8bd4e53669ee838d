package dev.slope.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * {@code sum_i w_i loss_i / sum_i w_i + penalty} over rows for many trainings at once, each over all
 * rows but those of its fold: {@code S = X W + b}, one column a training, and {@code X' (w *
 * slopes(S))} for all of them.
 *
 * <p>Rows go by in blocks whose scores stay in a core's cache from the first product to the second,
 * and that are so small that no product is split among cores. Many rows are dealt out to the cores
 * in parts, as {@link PartedObjective} does; blocks are added up within a part and parts to the
 * whole in the order of the rows, so that the number of cores changes nothing.
 *
 * @param model inputs, and columns
 * @param rows the shapes of the data: features, labels, weights, offsets
 * @param loss of a row with one score
 * @param penalty of the columns
 * @param fitIntercept whether intercepts are trained; where not, their gradient is 0
 * @param folds which rows a column leaves out; null where none does
 * @param inParts whether parts of the rows are dealt out to the cores
 * @param inBlocks whether rows go by in blocks, as suits a CPU
 */
public record ColumnwiseRowsObjective(
    ModelShape model,
    RowsShape rows,
    Loss loss,
    ColumnwisePenalty penalty,
    boolean fitIntercept,
    @Nullable ColumnFolds folds,
    boolean inParts,
    boolean inBlocks)
    implements ColumnwiseObjective {
  /** Fewer multiplications an epoch are done before another core has begun with its part. */
  private static final long LEAST_PRODUCTS = 1L << 25;

  /** About a third of a millisecond on one core. */
  private static final long PRODUCTS_PER_PART = 1L << 24;

  /**
   * TensorFlow cuts a tensor at multiples of so many rows without copying, whatever the columns.
   */
  private static final long ALIGNED_ROWS = 16;

  public ColumnwiseRowsObjective {
    if (!(loss instanceof ElementwiseLoss of) || of.outputs() != 1) {
      throw new IllegalArgumentException(
          "the loss of a row must be of one score, but was " + loss);
    }
  }

  /**
   * The objective on a device.
   *
   * @param isGpu whether that is a GPU, which takes all rows at once
   */
  public static ColumnwiseRowsObjective of(
      ModelShape model,
      RowsShape rows,
      Loss loss,
      ColumnwisePenalty penalty,
      boolean fitIntercept,
      @Nullable ColumnFolds folds,
      boolean isGpu) {
    boolean many = rows.rows() * rows.inputs() * model.outputs() >= LEAST_PRODUCTS;
    return new ColumnwiseRowsObjective(
        model, rows, loss, penalty, fitIntercept, folds, many && !isGpu, !isGpu);
  }

  /**
   * Features, labels, then weights and offsets where there are any, and the fold of each row {@code
   * [rows, 1]} where columns leave rows out; then {@code [columns]} with 1 divided by the sum of the
   * weights of a column's rows, or by their number.
   */
  @Override
  public List<Shape> dataShapes() {
    List<Shape> shapes = rowShapes(rows.rows());
    shapes.add(model.intercepts());
    return shapes;
  }

  @Override
  public boolean isCompiled() {
    return inParts;
  }

  @Override
  public <T extends TFloating> Operand<T> loss(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    Operand<T> sum = sums(tf, parameters, data, false).get(0);
    return penalty.addTo(tf, tf.math.mul(sum, share(data)), parameters.get(0));
  }

  @Override
  public <T extends TFloating> Evaluation<T> evaluate(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    List<Operand<T>> sums = sums(tf, parameters, data, true);
    Operand<T> weights = parameters.get(0);
    Operand<T> losses =
        penalty.addTo(tf, tf.math.mul(sums.get(0), share(data)), weights);
    Operand<T> ofIntercepts = tf.math.mul(sums.get(2), share(data));
    Operand<T> ofWeights = tf.math.mul(sums.get(1), share(data));
    if (folds != null) {
      ofWeights = folds.gradientOnOwnScale(tf, ofWeights, ofIntercepts);
    }
    return new Evaluation<>(
        losses,
        List.of(
            penalty.addGradientTo(tf, ofWeights, weights),
            fitIntercept ? ofIntercepts : tf.zerosLike(ofIntercepts)));
  }

  private <T extends TFloating> Operand<T> share(List<Operand<T>> data) {
    return data.get(data.size() - 1);
  }

  private List<Shape> rowShapes(long count) {
    RowsShape some =
        new RowsShape(count, rows.inputs(), rows.labelColumns(), rows.weighted(), rows.offset());
    List<Shape> shapes = new ArrayList<>(some.tensors());
    if (folds != null) {
      shapes.add(Shape.of(count, 1));
    }
    return shapes;
  }

  /** The sums over all rows: of the losses, and of the gradients of weights and intercepts. */
  private <T extends TFloating> List<Operand<T>> sums(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data, boolean withGradients) {
    List<Operand<T>> arguments =
        new ArrayList<>(folds == null ? parameters : folds.onSharedScale(tf, parameters));
    arguments.addAll(data.subList(0, data.size() - 1));
    return inParts
        ? sumsOfParts(tf, arguments, withGradients)
        : sumsOfBlocks(tf, arguments, rows.rows(), withGradients);
  }

  private <T extends TFloating> List<Operand<T>> sumsOfParts(
      Ops tf, List<Operand<T>> arguments, boolean withGradients) {
    long height = partRows();
    List<List<Operand<T>>> terms = new ArrayList<>();
    try (CompiledFunction<T> part = function(arguments, height, withGradients)) {
      long row = 0;
      for (; row + height <= rows.rows(); row += height) {
        terms.add(call(tf, part, arguments, row, height));
      }
      if (row < rows.rows()) {
        long left = rows.rows() - row;
        try (CompiledFunction<T> last = function(arguments, left, withGradients)) {
          terms.add(call(tf, last, arguments, row, left));
        }
      }
    }
    List<Operand<T>> sums = new ArrayList<>();
    for (int i = 0; i < terms.get(0).size(); i++) {
      List<Operand<T>> each = new ArrayList<>();
      for (List<Operand<T>> term : terms) {
        each.add(term.get(i));
      }
      sums.add(tf.math.addN(each));
    }
    return sums;
  }

  private long partRows() {
    long count = PRODUCTS_PER_PART / ((long) model.inputs() * model.outputs());
    return Math.max(ALIGNED_ROWS, count - count % ALIGNED_ROWS);
  }

  private <T extends TFloating> CompiledFunction<T> function(
      List<Operand<T>> like, long count, boolean withGradients) {
    List<Shape> shapes = new ArrayList<>(List.of(model.weights(), model.intercepts()));
    shapes.addAll(rowShapes(count));
    return CompiledFunction.of(
        like.get(0).type(),
        shapes,
        (tf, arguments) -> sumsOfBlocks(tf, arguments, count, withGradients));
  }

  private static <T extends TFloating> List<Operand<T>> call(
      Ops tf, CompiledFunction<T> part, List<Operand<T>> arguments, long row, long count) {
    List<Operand<T>> some = new ArrayList<>(arguments.subList(0, 2));
    for (Operand<T> each : arguments.subList(2, arguments.size())) {
      some.add(tf.slice(each, tf.array(row, 0L), tf.array(count, each.shape().get(1))));
    }
    return part.call(tf, some);
  }

  /** The sums over some rows, in a loop over their blocks. */
  private <T extends TFloating> List<Operand<T>> sumsOfBlocks(
      Ops tf, List<Operand<T>> arguments, long count, boolean withGradients) {
    Class<T> type = arguments.get(0).type();
    long height = inBlocks ? blockRows(type) : count;
    long blocks = count / height;
    if (blocks <= 1 && count % height == 0) {
      return sumsOfBlock(tf, arguments, withGradients);
    }
    List<Operand<T>> sums = null;
    if (blocks > 0) {
      List<Operand<?>> start = new ArrayList<>(List.of(tf.constant(0)));
      start.addAll(zeros(tf, arguments, withGradients));
      List<Operand<?>> end =
          GraphLoop.add(
              tf,
              "RowBlocks",
              true,
              start,
              List.copyOf(arguments),
              (ops, state, constants) ->
                  ops.math.less(block(state), ops.constant(Math.toIntExact(blocks))),
              (ops, state, constants) ->
                  addBlock(ops, type, state, constants, height, withGradients));
      sums = floating(end.subList(1, end.size()), type);
    }
    if (count % height == 0) {
      return sums;
    }
    List<Operand<T>> rest =
        sumsOfBlock(
            tf,
            slice(tf, arguments, tf.constant(Math.toIntExact(blocks * height)), count % height),
            withGradients);
    return sums == null ? rest : plus(tf, sums, rest);
  }

  private <T extends TFloating> List<Operand<?>> addBlock(
      Ops tf,
      Class<T> type,
      List<Operand<?>> state,
      List<Operand<?>> constants,
      long height,
      boolean withGradients) {
    Operand<TInt32> first =
        tf.math.mul(block(state), tf.constant(Math.toIntExact(height)));
    List<Operand<T>> here =
        sumsOfBlock(tf, slice(tf, floating(constants, type), first, height), withGradients);
    List<Operand<?>> next =
        new ArrayList<>(List.of(tf.math.add(block(state), tf.constant(1))));
    next.addAll(plus(tf, floating(state.subList(1, state.size()), type), here));
    return next;
  }

  private static Operand<TInt32> block(List<Operand<?>> state) {
    return state.get(0).asOutput().expect(TInt32.class);
  }

  private static <T extends TFloating> List<Operand<T>> floating(
      List<Operand<?>> operands, Class<T> type) {
    List<Operand<T>> floats = new ArrayList<>();
    for (Operand<?> operand : operands) {
      floats.add(operand.asOutput().expect(type));
    }
    return floats;
  }

  private static <T extends TFloating> List<Operand<T>> slice(
      Ops tf, List<Operand<T>> arguments, Operand<TInt32> first, long count) {
    List<Operand<T>> some = new ArrayList<>(arguments.subList(0, 2));
    Operand<TInt32> begin = tf.stack(List.of(first, tf.constant(0)));
    for (Operand<T> each : arguments.subList(2, arguments.size())) {
      int[] size = {Math.toIntExact(count), Math.toIntExact(each.shape().get(1))};
      some.add(tf.slice(each, begin, tf.constant(size)));
    }
    return some;
  }

  private static <T extends TFloating> List<Operand<T>> plus(
      Ops tf, List<Operand<T>> sums, List<Operand<T>> more) {
    List<Operand<T>> added = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      added.add(tf.math.add(sums.get(i), more.get(i)));
    }
    return added;
  }

  private <T extends TFloating> List<Operand<T>> zeros(
      Ops tf, List<Operand<T>> arguments, boolean withGradients) {
    Operand<T> ofColumns = tf.zerosLike(arguments.get(1));
    return withGradients
        ? List.of(ofColumns, tf.zerosLike(arguments.get(0)), ofColumns)
        : List.of(ofColumns);
  }

  private long blockRows(Class<? extends TFloating> type) {
    return SmallProducts.rows(model.inputs(), model.outputs(), type);
  }

  /**
   * The sums over the rows of a block.
   *
   * @param arguments weights and intercepts on the scale of the rows, then features, labels,
   *     weights, offsets and folds of the rows
   */
  private <T extends TFloating> List<Operand<T>> sumsOfBlock(
      Ops tf, List<Operand<T>> arguments, boolean withGradients) {
    ElementwiseLoss ofScore = (ElementwiseLoss) loss;
    Operand<T> features = arguments.get(2);
    Operand<T> labels = arguments.get(3);
    Operand<T> scores =
        tf.math.add(tf.linalg.matMul(features, arguments.get(0)), arguments.get(1));
    if (rows.offset()) {
      scores = tf.math.add(scores, arguments.get(rows.weighted() ? 5 : 4));
    }
    Operand<T> weights = rows.weighted() ? arguments.get(4) : null;
    Operand<TBool> counts =
        folds == null ? null : folds.counts(tf, arguments.get(arguments.size() - 1));
    Operand<T> losses = counted(tf, ofScore.ofScores(tf, scores, labels), weights, counts);
    if (!withGradients) {
      return List.of(sumOfRows(tf, losses));
    }
    Operand<T> slopes = counted(tf, ofScore.slopesOfScores(tf, scores, labels), weights, counts);
    return List.of(
        sumOfRows(tf, losses),
        tf.linalg.matMul(features, slopes, MatMul.transposeA(true)),
        sumOfRows(tf, slopes));
  }

  /** Values times the weights of their rows; 0, whatever they are, where a row doesn't count. */
  private static <T extends TFloating> Operand<T> counted(
      Ops tf,
      Operand<T> values,
      @Nullable Operand<T> weights,
      @Nullable Operand<TBool> counts) {
    Operand<T> weighted = weights == null ? values : tf.math.mul(values, weights);
    return counts == null
        ? weighted
        : tf.select(counts, weighted, Constants.scalar(tf, 0, weighted));
  }

  private static <T extends TFloating> Operand<T> sumOfRows(Ops tf, Operand<T> values) {
    return tf.sum(values, tf.constant(0));
  }
}
