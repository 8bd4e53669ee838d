package dev.slope.training.secondorder;

import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TType;

/**
 * The ops behind {@link GramSums}, added to a graph that its caller owns. A product of two float32
 * is exact in float64, so what the sums lose is float64's rounding only. Offsets are taken off the
 * labels first: least squares fits what they leave.
 */
public final class GramGraph {
  /** A product this small is never split among cores, which would change its last bits. */
  private static final int ROWS_PER_BLOCK = 256;

  private final RowOperands rows;
  private final Placeholder<TFloat64> shift;
  private final BlockSums products;
  private final Placeholder<TFloat64> parameters;
  private final BlockSums residuals;

  private GramGraph(
      RowOperands rows,
      Placeholder<TFloat64> shift,
      BlockSums products,
      Placeholder<TFloat64> parameters,
      BlockSums residuals) {
    this.rows = rows;
    this.shift = shift;
    this.products = products;
    this.parameters = parameters;
    this.residuals = residuals;
  }

  /**
   * Adds the ops.
   *
   * @param expectedRows how many rows there will be at once, at most
   */
  public static GramGraph build(Ops tf, RowOperands rows, long expectedRows) {
    int inputs = rows.inputs();
    int outputs = rows.labelColumns();
    Placeholder<TFloat64> shift = input(tf, TFloat64.class, Shape.of(inputs + outputs));
    Placeholder<TFloat64> parameters = input(tf, TFloat64.class, Shape.of(inputs + 1, outputs));
    return new GramGraph(
        rows,
        shift,
        BlockSums.build(
            tf, rows, ROWS_PER_BLOCK, expectedRows, (ops, block) -> products(ops, block, shift)),
        parameters,
        BlockSums.build(
            tf,
            rows,
            ROWS_PER_BLOCK,
            expectedRows,
            (ops, block) -> residuals(ops, block, parameters)));
  }

  /**
   * The sums over rows that the graph holds or is fed.
   *
   * @param count how many rows
   * @param feeds what the row operands need, added to every run; identity where they are variables
   */
  public GramSums sums(Session session, long count, UnaryOperator<Session.Runner> feeds) {
    GramSums sums = GramSums.empty(rows.inputs(), rows.labelColumns());
    for (long row = 0; row < count; row += products.rowsPerRun()) {
      // The mean so far: what matters is only that it is near.
      double[] point = sums.weight() == 0 ? firstMeans(session, count, feeds) : sums.means();
      sums = sums.merge(shifted(session, row, count, point, feeds));
    }
    return sums;
  }

  /**
   * The weighted sum of squared residuals of each output, by a pass over the rows: what the sums
   * alone would give cancels where the fit is good.
   *
   * @param parameters {@code [inputs + 1, outputs]} row by row, the intercepts last
   */
  public double[] squaredResiduals(
      Session session, long count, double[] parameters, UnaryOperator<Session.Runner> feeds) {
    try (TFloat64 values =
        Tensors.matrix(rows.inputs() + 1, rows.labelColumns(), parameters.clone())) {
      return residuals
          .over(session, count, runner -> feeds.apply(runner).feed(this.parameters, values))
          .get(0);
    }
  }

  private double[] firstMeans(Session session, long count, UnaryOperator<Session.Runner> feeds) {
    int columns = rows.inputs() + rows.labelColumns();
    return shifted(session, 0, count, new double[columns], feeds).means();
  }

  private GramSums shifted(
      Session session, long row, long count, double[] point, UnaryOperator<Session.Runner> feeds) {
    try (TFloat64 values = TFloat64.vectorOf(point)) {
      double[] sums =
          products
              .over(session, row, count, runner -> feeds.apply(runner).feed(shift, values))
              .get(0);
      return GramSums.shifted(rows.inputs(), rows.labelColumns(), point, sums);
    }
  }

  private static List<Operand<TFloat64>> products(
      Ops tf, BlockSums.Block block, Operand<TFloat64> shift) {
    Operand<TFloat64> columns =
        tf.concat(
            List.of(tf.dtypes.cast(block.features(), TFloat64.class), targets(tf, block)),
            tf.constant(1));
    Operand<TFloat64> extended =
        tf.concat(List.of(tf.math.sub(columns, shift), ones(tf, block)), tf.constant(1));
    Operand<TFloat32> weights = block.weights();
    Operand<TFloat64> weighted =
        weights == null ? extended : tf.math.mul(extended, tf.dtypes.cast(weights, TFloat64.class));
    return List.of(tf.linalg.matMul(extended, weighted, MatMul.transposeA(true)));
  }

  private static List<Operand<TFloat64>> residuals(
      Ops tf, BlockSums.Block block, Operand<TFloat64> parameters) {
    Operand<TFloat64> columns =
        tf.concat(
            List.of(tf.dtypes.cast(block.features(), TFloat64.class), ones(tf, block)),
            tf.constant(1));
    Operand<TFloat64> squares =
        tf.math.square(tf.math.sub(tf.linalg.matMul(columns, parameters), targets(tf, block)));
    Operand<TFloat32> weights = block.weights();
    Operand<TFloat64> weighted =
        weights == null ? squares : tf.math.mul(squares, tf.dtypes.cast(weights, TFloat64.class));
    return List.of(tf.sum(weighted, tf.constant(0)));
  }

  private static Operand<TFloat64> targets(Ops tf, BlockSums.Block block) {
    Operand<TFloat64> labels = tf.dtypes.cast(block.labels(), TFloat64.class);
    Operand<TFloat32> offsets = block.offsets();
    return offsets == null ? labels : tf.math.sub(labels, tf.dtypes.cast(offsets, TFloat64.class));
  }

  private static Operand<TFloat64> ones(Ops tf, BlockSums.Block block) {
    return tf.fill(tf.stack(List.of(block.rows(), tf.constant(1L))), tf.constant(1.0));
  }

  private static <T extends TType> Placeholder<T> input(Ops tf, Class<T> type, Shape shape) {
    return tf.placeholder(type, Placeholder.shape(shape));
  }
}
