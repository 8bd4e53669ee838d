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
 * {@code sum_i w_i loss_i / sum_i w_i + penalty} over rows for many trainings at once, each over
 * all rows but those of its fold: {@code S = X W + b}, one column a training, and {@code X' (w *
 * slopes(S))} for all of them.
 *
 * <p>Rows go by in blocks whose scores stay in a core's cache from the first product to the second,
 * and that are so small that no product is split among cores. Many rows are dealt out to the cores
 * in parts, as {@link PartedObjective} does; blocks are added up within a part and parts to the
 * whole in the order of the rows, so that the number of cores changes nothing. All parts have the
 * same rows, the last one some of the part before it, which then don't count: so one function is
 * compiled for all of them, which takes longer than many epochs do.
 */
public final class ColumnwiseRowsObjective implements ColumnwiseObjective, AutoCloseable {
  /** Fewer multiplications an epoch are done before another core has begun with its part. */
  private static final long LEAST_PRODUCTS = 1L << 25;

  /** About a third of a millisecond on one core. */
  private static final long PRODUCTS_PER_PART = 1L << 24;

  private final ModelShape model;
  private final RowsShape rows;
  private final ElementwiseLoss loss;
  private final ColumnwisePenalty penalty;
  private final boolean fitIntercept;
  private final @Nullable ColumnFolds folds;
  private final boolean isGpu;
  private @Nullable CompiledFunction<?> part;

  /**
   * The objective on a device.
   *
   * @param model inputs, and columns
   * @param rows the shapes of the data: features, labels, weights, offsets
   * @param loss of a row with one score
   * @param penalty of the columns
   * @param fitIntercept whether intercepts are trained; where not, their gradient is 0
   * @param folds which rows a column leaves out; null where none does
   * @param isGpu whether the device is a GPU, which takes all rows at once
   */
  public ColumnwiseRowsObjective(
      ModelShape model,
      RowsShape rows,
      Loss loss,
      ColumnwisePenalty penalty,
      boolean fitIntercept,
      @Nullable ColumnFolds folds,
      boolean isGpu) {
    if (!(loss instanceof ElementwiseLoss of) || of.outputs() != 1) {
      throw new IllegalArgumentException("the loss of a row must be of one score, but was " + loss);
    }
    this.model = model;
    this.rows = rows;
    this.loss = of;
    this.penalty = penalty;
    this.fitIntercept = fitIntercept;
    this.folds = folds;
    this.isGpu = isGpu;
  }

  @Override
  public ModelShape model() {
    return model;
  }

  /**
   * Features, labels, then weights and offsets where there are any, and the fold of each row {@code
   * [rows, 1]} where columns leave rows out; then {@code [columns]} with 1 divided by the sum of
   * the weights of a column's rows, or by their number.
   */
  @Override
  public List<Shape> dataShapes() {
    List<Shape> shapes = rowShapes(rows.rows());
    shapes.add(model.intercepts());
    return shapes;
  }

  @Override
  public boolean isCompiled() {
    return !isGpu && rows.rows() * rows.inputs() * model.outputs() >= LEAST_PRODUCTS;
  }

  @Override
  public <T extends TFloating> Operand<T> loss(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    Operand<T> sum = sums(tf, parameters, data).get(0);
    return penalty.addTo(tf, tf.math.mul(sum, share(data)), parameters.get(0));
  }

  @Override
  public <T extends TFloating> Evaluation<T> evaluate(
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    List<Operand<T>> sums = sums(tf, parameters, data);
    Operand<T> weights = parameters.get(0);
    Operand<T> losses = penalty.addTo(tf, tf.math.mul(sums.get(0), share(data)), weights);
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

  /** Frees what was compiled for the graphs that were built of it; they keep their own. */
  @Override
  public void close() {
    if (part != null) {
      part.close();
      part = null;
    }
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
      Ops tf, List<Operand<T>> parameters, List<Operand<T>> data) {
    List<Operand<T>> arguments =
        new ArrayList<>(folds == null ? parameters : folds.onSharedScale(tf, parameters));
    arguments.addAll(data.subList(0, data.size() - 1));
    if (isCompiled()) {
      return sumsOfParts(tf, arguments);
    }
    return sumsOfRows(tf, arguments, rows.rows(), null);
  }

  private <T extends TFloating> List<Operand<T>> sumsOfParts(Ops tf, List<Operand<T>> arguments) {
    Class<T> type = arguments.get(0).type();
    long products = rows.rows() * model.inputs() * model.outputs();
    long wanted = Math.max(1, products / PRODUCTS_PER_PART);
    long blocks = (rows.rows() / wanted + blockRows(type) - 1) / blockRows(type);
    long height = Math.min(rows.rows(), blocks * blockRows(type));
    CompiledFunction<T> function = part(arguments, height);
    List<List<Operand<T>>> terms = new ArrayList<>();
    for (long row = 0; row < rows.rows(); row += height) {
      long first = Math.min(row, rows.rows() - height);
      List<Operand<T>> some = new ArrayList<>(arguments.subList(0, 2));
      for (Operand<T> each : arguments.subList(2, arguments.size())) {
        some.add(
            RowRange.of(tf, each, tf.constant(first), tf.constant(height), each.shape().get(1)));
      }
      some.add(Constants.scalar(tf, (double) (row - first), type));
      terms.add(function.call(tf, some));
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

  /** The one function of all parts, whatever graph it is called in. */
  @SuppressWarnings("unchecked") // an objective is built into graphs of one type
  private <T extends TFloating> CompiledFunction<T> part(List<Operand<T>> like, long height) {
    if (part == null) {
      List<Shape> shapes = new ArrayList<>(List.of(model.weights(), model.intercepts()));
      shapes.addAll(rowShapes(height));
      shapes.add(Shape.scalar());
      part =
          CompiledFunction.of(
              like.get(0).type(),
              shapes,
              (tf, arguments) ->
                  sumsOfRows(
                      tf,
                      arguments.subList(0, arguments.size() - 1),
                      height,
                      arguments.get(arguments.size() - 1)));
    }
    return (CompiledFunction<T>) part;
  }

  /**
   * The sums over some rows, in a loop over their blocks. The last block has some rows of the one
   * before it where rows don't fill it, which then don't count.
   *
   * @param count how many rows
   * @param first the first row that counts, a scalar; null where all do
   */
  private <T extends TFloating> List<Operand<T>> sumsOfRows(
      Ops tf, List<Operand<T>> arguments, long count, @Nullable Operand<T> first) {
    Class<T> type = arguments.get(0).type();
    long height = isGpu ? count : Math.min(count, blockRows(type));
    if (height == count) {
      return sumsOfBlock(
          tf,
          arguments,
          first == null ? null : tf.math.greaterEqual(numbers(tf, count, type), first));
    }
    int blocks = Math.toIntExact((count + height - 1) / height);
    List<Operand<?>> start =
        List.of(
            tf.constant(0),
            tf.zerosLike(arguments.get(1)),
            tf.zerosLike(arguments.get(0)),
            tf.zerosLike(arguments.get(1)));
    List<Operand<?>> constants = new ArrayList<>(arguments);
    if (first != null) {
      constants.add(first);
    }
    List<Operand<?>> end =
        GraphLoop.add(
            tf,
            "RowBlocks",
            true,
            start,
            constants,
            (ops, state, unused) -> ops.math.less(block(state), ops.constant(blocks)),
            (ops, state, same) -> {
              List<Operand<T>> all = floating(same, type);
              return addBlock(
                  ops,
                  state,
                  first == null ? all : all.subList(0, all.size() - 1),
                  first == null ? null : all.get(all.size() - 1),
                  count,
                  height);
            });
    return floating(end.subList(1, end.size()), type);
  }

  private <T extends TFloating> List<Operand<?>> addBlock(
      Ops tf,
      List<Operand<?>> state,
      List<Operand<T>> arguments,
      @Nullable Operand<T> first,
      long count,
      long height) {
    Class<T> type = arguments.get(0).type();
    Operand<TInt32> regular = tf.math.mul(block(state), tf.constant(Math.toIntExact(height)));
    Operand<TInt32> begin = tf.math.minimum(regular, tf.constant(Math.toIntExact(count - height)));
    Operand<TBool> counts = null;
    if (first != null || count % height != 0) {
      // Counted from the block's own first row: small integers, which float32 has.
      Operand<T> least = tf.dtypes.cast(tf.math.sub(regular, begin), type);
      if (first != null) {
        least = tf.math.maximum(least, tf.math.sub(first, tf.dtypes.cast(begin, type)));
      }
      counts = tf.math.greaterEqual(numbers(tf, height, type), least);
    }
    List<Operand<T>> some = new ArrayList<>(arguments.subList(0, 2));
    Operand<TInt32> from = tf.stack(List.of(begin, tf.constant(0)));
    for (Operand<T> each : arguments.subList(2, arguments.size())) {
      int[] size = {Math.toIntExact(height), Math.toIntExact(each.shape().get(1))};
      some.add(tf.slice(each, from, tf.constant(size)));
    }
    List<Operand<T>> here = sumsOfBlock(tf, some, counts);
    List<Operand<?>> next = new ArrayList<>(List.of(tf.math.add(block(state), tf.constant(1))));
    List<Operand<T>> before = floating(state.subList(1, state.size()), type);
    for (int i = 0; i < here.size(); i++) {
      next.add(tf.math.add(before.get(i), here.get(i)));
    }
    return next;
  }

  /** {@code 0, 1, 2, ...} in a column; a block or part has fewer rows than float32 has integers. */
  private static <T extends TFloating> Operand<T> numbers(Ops tf, long count, Class<T> type) {
    return tf.reshape(
        tf.dtypes.cast(
            tf.range(tf.constant(0), tf.constant(Math.toIntExact(count)), tf.constant(1)), type),
        tf.constant(new long[] {count, 1}));
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

  private long blockRows(Class<? extends TFloating> type) {
    return Math.max(
        RowRange.ALIGNED_ROWS, SmallProducts.rows(model.inputs(), model.outputs(), type));
  }

  /**
   * The sums over the rows of a block.
   *
   * @param arguments weights and intercepts on the scale of the rows, then features, labels,
   *     weights, offsets and folds of the rows
   * @param rowsThatCount {@code [rows, 1]}; null where all do
   */
  private <T extends TFloating> List<Operand<T>> sumsOfBlock(
      Ops tf, List<Operand<T>> arguments, @Nullable Operand<TBool> rowsThatCount) {
    Operand<T> features = arguments.get(2);
    Operand<T> labels = arguments.get(3);
    Operand<T> scores = tf.math.add(tf.linalg.matMul(features, arguments.get(0)), arguments.get(1));
    if (rows.offset()) {
      scores = tf.math.add(scores, arguments.get(rows.weighted() ? 5 : 4));
    }
    Operand<T> weights = rows.weighted() ? arguments.get(4) : null;
    Operand<TBool> counts = rowsThatCount;
    if (folds != null) {
      Operand<TBool> outside = folds.counts(tf, arguments.get(arguments.size() - 1));
      counts = counts == null ? outside : tf.math.logicalAnd(outside, counts);
    }
    Operand<T> losses =
        weights == null
            ? loss.sums(tf, scores, labels, counts)
            : ColumnSums.of(
                tf,
                ColumnSums.counted(
                    tf, tf.math.mul(loss.ofScores(tf, scores, labels), weights), counts));
    Operand<T> ofRows = loss.slopesOfScores(tf, scores, labels);
    Operand<T> slopes =
        ColumnSums.counted(tf, weights == null ? ofRows : tf.math.mul(ofRows, weights), counts);
    return List.of(
        losses,
        tf.linalg.matMul(features, slopes, MatMul.transposeA(true)),
        ColumnSums.of(tf, slopes));
  }
}
