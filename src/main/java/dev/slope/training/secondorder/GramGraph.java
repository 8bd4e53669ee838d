package dev.slope.training.secondorder;

import dev.slope.config.Precision;
import dev.slope.graph.FloatTypes;
import dev.slope.training.tensors.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The ops behind {@link GramSums}, added to a graph that its caller owns. A product of two float32
 * is exact in float64, so what the sums lose is float64's rounding only, unless products are asked
 * for in float32: then each is of {@value #ROWS_PER_PRODUCT} rows, and their sum is in float64
 * again. Offsets are taken off the labels first: least squares fits what they leave.
 */
public final class GramGraph {
  /** A product this small is never split among cores, which would change its last bits. */
  private static final int ROWS_PER_PRODUCT = 256;

  /** Products that TensorFlow deals out to the cores: float64 rows of about 2 MiB. */
  private static final int VALUES_PER_BLOCK = 1 << 18;

  /**
   * Where blocks come one by one, each fits into the cache of the core that sums it up; with a
   * quarter of it, a run of the graph costs as much as what it sums up.
   */
  private static final int VALUES_PER_SINGLE_BLOCK = 1 << 18;

  /** Blocks side by side: what the ops of one do on a single core, those of others fill. */
  private static final int LANES = 4;

  private final RowOperands<?> rows;
  private final Precision precision;
  private final Placeholder<TFloat64> shift;
  private final Placeholder<TInt64> rowsPerProduct;
  private final BlockSums products;
  private final Placeholder<TFloat64> parameters;
  private final BlockSums residuals;

  private GramGraph(
      RowOperands<?> rows,
      Precision precision,
      Placeholder<TFloat64> shift,
      Placeholder<TInt64> rowsPerProduct,
      BlockSums products,
      Placeholder<TFloat64> parameters,
      BlockSums residuals) {
    this.rows = rows;
    this.precision = precision;
    this.shift = shift;
    this.rowsPerProduct = rowsPerProduct;
    this.products = products;
    this.parameters = parameters;
    this.residuals = residuals;
  }

  /**
   * Adds the ops.
   *
   * @param expectedRows how many rows there will be at once, at most
   */
  public static <T extends TFloating> GramGraph build(
      Ops tf, RowOperands<T> rows, long expectedRows) {
    return build(tf, rows, Precision.FLOAT64, expectedRows, LANES, VALUES_PER_BLOCK);
  }

  /**
   * Adds the ops for rows that are fed block by block, best of {@link #rowsPerRun} rows each.
   *
   * @param products what rows are multiplied in
   */
  public static <T extends TFloating> GramGraph ofBlocks(
      Ops tf, RowOperands<T> rows, Precision products) {
    return build(tf, rows, products, Long.MAX_VALUE, 1, VALUES_PER_SINGLE_BLOCK);
  }

  private static <T extends TFloating> GramGraph build(
      Ops tf,
      RowOperands<T> rows,
      Precision precision,
      long expectedRows,
      int lanes,
      int valuesPerBlock) {
    int inputs = rows.inputs();
    int outputs = rows.labelColumns();
    Placeholder<TFloat64> shift = input(tf, TFloat64.class, Shape.of(inputs + outputs));
    Placeholder<TFloat64> parameters = input(tf, TFloat64.class, Shape.of(inputs + 1, outputs));
    Placeholder<TInt64> rowsPerProduct = input(tf, TInt64.class, Shape.scalar());
    int products = Math.max(1, valuesPerBlock / (inputs + outputs) / ROWS_PER_PRODUCT);
    int rowsPerBlock = products * ROWS_PER_PRODUCT;
    return new GramGraph(
        rows,
        precision,
        shift,
        rowsPerProduct,
        BlockSums.build(
            tf,
            rows,
            rowsPerBlock,
            lanes,
            expectedRows,
            (ops, block) ->
                products(ops, FloatTypes.of(precision), rows, block, shift, rowsPerProduct)),
        parameters,
        BlockSums.build(
            tf,
            rows,
            rowsPerBlock,
            lanes,
            expectedRows,
            (ops, block) -> residuals(ops, block, parameters)));
  }

  /** How many rows a run of the graph takes. */
  public int rowsPerRun() {
    return Math.toIntExact(products.rowsPerRun());
  }

  /**
   * The sums over rows that the graph holds or is fed.
   *
   * @param count how many rows
   * @param feeds what the row operands need, added to every run; identity where they are variables
   */
  public GramSums sums(Session session, long count, UnaryOperator<Session.Runner> feeds) {
    return sums(session, count, firstMeans(session, count, feeds), feeds);
  }

  /**
   * The same about a point.
   *
   * @param point one value a column, inputs first, of the products' precision; it costs no digits
   *     where it is no further from the rows than they are from each other
   */
  public GramSums sums(
      Session session, long count, double[] point, UnaryOperator<Session.Runner> feeds) {
    GramSums sums = GramSums.empty(rows.inputs(), rows.labelColumns());
    // The last rows, too few for a product as the others are, make one of their own.
    long whole = count - count % ROWS_PER_PRODUCT;
    long row = 0;
    while (row < count) {
      long end = row < whole ? Math.min(row + products.rowsPerRun(), whole) : count;
      sums = sums.merge(shifted(session, row, end, point, feeds));
      row = end;
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

  /** The means of the first rows: a point for the sums of all that belong to them. */
  public double[] firstMeans(Session session, long count, UnaryOperator<Session.Runner> feeds) {
    int columns = rows.inputs() + rows.labelColumns();
    long few = Math.min(count, ROWS_PER_PRODUCT);
    double[] means = shifted(session, 0, few, new double[columns], feeds).means();
    return Arrays.stream(means).map(precision::round).toArray();
  }

  private GramSums shifted(
      Session session, long row, long end, double[] point, UnaryOperator<Session.Runner> feeds) {
    try (TFloat64 values = TFloat64.vectorOf(Vectors.scaled(-1, point));
        TInt64 height = TInt64.scalarOf(Math.min(end - row, ROWS_PER_PRODUCT))) {
      List<double[]> sums =
          products.over(
              session,
              row,
              end,
              runner -> feeds.apply(runner).feed(shift, values).feed(rowsPerProduct, height));
      return GramSums.shifted(
          rows.inputs(),
          rows.labelColumns(),
          precision,
          point,
          joined(sums.get(0), sums.get(1), sums.get(2)));
    }
  }

  /** The products of all columns from those of the inputs, of both, and of the other columns. */
  private double[] joined(double[] ofInputs, double[] ofBoth, double[] ofOthers) {
    int inputs = rows.inputs();
    int others = rows.labelColumns() + 1;
    int columns = inputs + others;
    double[] products = new double[columns * columns];
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j <= i; j++) {
        double product =
            i < inputs
                ? ofInputs[i * inputs + j]
                : j < inputs
                    ? ofBoth[j * others + i - inputs]
                    : ofOthers[(i - inputs) * others + j - inputs];
        products[i * columns + j] = product;
        products[j * columns + i] = product;
      }
    }
    return products;
  }

  /**
   * Of the inputs, of the inputs and the rest, and of the rest, which is the labels and a 1: to
   * join the inputs with anything would copy them once more.
   */
  private static <T extends TFloating, P extends TFloating> List<Operand<TFloat64>> products(
      Ops tf,
      Class<P> type,
      RowOperands<T> rows,
      BlockSums.Block<T> block,
      Operand<TFloat64> shift,
      Operand<TInt64> rowsPerProduct) {
    int inputs = rows.inputs();
    Operand<P> point = tf.dtypes.cast(shift, type);
    Operand<P> features =
        tf.nn.biasAdd(
            tf.dtypes.cast(block.features(), type),
            tf.slice(point, tf.constant(new int[] {0}), tf.constant(new int[] {inputs})));
    Operand<P> labels =
        tf.math.add(
            targets(tf, type, block),
            tf.slice(
                point,
                tf.constant(new int[] {inputs}),
                tf.constant(new int[] {rows.labelColumns()})));
    Operand<P> others = tf.concat(List.of(labels, ones(tf, type, block)), tf.constant(1));
    Operand<T> weights = block.weights();
    Operand<P> weightedFeatures = features;
    Operand<P> weightedOthers = others;
    if (weights != null) {
      Operand<P> factors = tf.dtypes.cast(weights, type);
      weightedFeatures = tf.math.mul(features, factors);
      weightedOthers = tf.math.mul(others, factors);
    }
    int outputs = rows.labelColumns() + 1;
    Operand<P> left = stacked(tf, features, rowsPerProduct, inputs);
    Operand<P> right = stacked(tf, others, rowsPerProduct, outputs);
    Operand<P> weightedLeft = stacked(tf, weightedFeatures, rowsPerProduct, inputs);
    Operand<P> weightedRight = stacked(tf, weightedOthers, rowsPerProduct, outputs);
    return List.of(
        product(tf, left, weightedLeft),
        product(tf, left, weightedRight),
        product(tf, right, weightedRight));
  }

  /** {@code [rows, columns]} as {@code [products, rowsPerProduct, columns]}. */
  private static <P extends TFloating> Operand<P> stacked(
      Ops tf, Operand<P> values, Operand<TInt64> rowsPerProduct, int columns) {
    return tf.reshape(
        values, tf.stack(List.of(tf.constant(-1L), rowsPerProduct, tf.constant((long) columns))));
  }

  /** The sum of all products. */
  private static <P extends TFloating> Operand<TFloat64> product(
      Ops tf, Operand<P> left, Operand<P> right) {
    Operand<P> products = tf.train.batchMatMul(left, right, left.type(), BatchMatMul.adjX(true));
    return tf.sum(tf.dtypes.cast(products, TFloat64.class), tf.constant(0));
  }

  private static <T extends TFloating> List<Operand<TFloat64>> residuals(
      Ops tf, BlockSums.Block<T> block, Operand<TFloat64> parameters) {
    Operand<TFloat64> columns =
        tf.concat(
            List.of(
                tf.dtypes.cast(block.features(), TFloat64.class), ones(tf, TFloat64.class, block)),
            tf.constant(1));
    Operand<TFloat64> squares =
        tf.math.square(
            tf.math.sub(tf.linalg.matMul(columns, parameters), targets(tf, TFloat64.class, block)));
    Operand<T> weights = block.weights();
    Operand<TFloat64> weighted =
        weights == null ? squares : tf.math.mul(squares, tf.dtypes.cast(weights, TFloat64.class));
    return List.of(tf.sum(weighted, tf.constant(0)));
  }

  private static <T extends TFloating, P extends TFloating> Operand<P> targets(
      Ops tf, Class<P> type, BlockSums.Block<T> block) {
    Operand<P> labels = tf.dtypes.cast(block.labels(), type);
    Operand<T> offsets = block.offsets();
    return offsets == null ? labels : tf.math.sub(labels, tf.dtypes.cast(offsets, type));
  }

  private static <P extends TFloating> Operand<P> ones(
      Ops tf, Class<P> type, BlockSums.Block<?> block) {
    return tf.fill(
        tf.stack(List.of(block.rows(), tf.constant(1L))), tf.dtypes.cast(tf.constant(1.0), type));
  }

  private static <T extends TType> Placeholder<T> input(Ops tf, Class<T> type, Shape shape) {
    return tf.placeholder(type, Placeholder.shape(shape));
  }
}
