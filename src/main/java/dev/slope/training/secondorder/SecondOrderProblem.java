package dev.slope.training.secondorder;

import dev.slope.config.Precision;
import dev.slope.data.FloatMatrix;
import dev.slope.features.LinearWeights;
import dev.slope.graph.FeatureEncoding;
import dev.slope.graph.FloatTypes;
import dev.slope.graph.LinearModel;
import dev.slope.graph.Loss;
import dev.slope.graph.RowRange;
import dev.slope.graph.TensorFlowRuntime;
import dev.slope.training.tensors.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.math.Mean;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * The objective {@code sum(w loss) / sum(w) + l2/2 |W|^2} over rows that stay in TensorFlow's
 * memory. Owns its graph, session and variables.
 *
 * <p>Parameters are {@code [inputs + 1, outputs]} row by row, the intercepts last; without an
 * intercept that row is missing. Rows are scored in their precision, block by block, and the
 * blocks' sums are added in float64 in a fixed order.
 */
public final class SecondOrderProblem implements CurvedObjective, AutoCloseable {
  /** A block of features of 2 MiB stays in the cache between its two products. */
  private static final int VALUES_PER_BLOCK = 1 << 19;

  private static final int MAX_ROWS_PER_BLOCK = 1 << 14;

  /** The products of a block of rows with all their curvatures, in float64, of 4 MiB at most. */
  private static final int CURVED_VALUES_PER_BLOCK = 1 << 19;

  private static final int MAX_CURVED_ROWS_PER_BLOCK = 256;

  /** A Hessian of more takes more than half a gigabyte and many seconds a step. */
  private static final int MAX_CURVED_PARAMETERS = 8_192;

  /** Rows that seldom leave out a direction which others have. */
  private static final int FEW_ROWS = 2_048;

  /** To factor the products of so many columns takes about a second. */
  private static final int MAX_COMPARED_INPUTS = 1_024;

  private final InputNames names;
  private final List<String> inputNames;
  private final Loss loss;
  private final double l2;
  private final boolean fitIntercept;
  private final int inputs;
  private final int outputs;
  private final long rows;
  private final Graph graph;
  private final Session session;
  private final Ops tf;
  private final Precision precision;
  private final Scoring<?> scoring;
  private final BlockSums slopes;
  private @Nullable BlockSums curvatures;
  private @Nullable GramGraph gram;

  /**
   * Loads the rows.
   *
   * @param loss a smooth one
   * @param outputs how many scores a row has
   * @param l2 at least 0
   * @param device where the ops go
   * @param configuration of the session
   */
  public SecondOrderProblem(
      SecondOrderRows data,
      Loss loss,
      int outputs,
      double l2,
      boolean fitIntercept,
      DeviceSpec device,
      ConfigProto configuration) {
    if (!loss.isSmooth()) {
      throw new IllegalArgumentException("a loss for second derivatives must be smooth");
    }
    this.names = InputNames.of(data.encoding());
    this.inputNames = names.names();
    this.loss = loss;
    this.l2 = l2;
    this.fitIntercept = fitIntercept;
    this.inputs = inputNames.size();
    this.outputs = outputs;
    this.rows = data.raw().rows();
    this.precision = data.raw().precision();
    this.graph = TensorFlowRuntime.newGraph();
    try {
      this.tf = Ops.create(graph).withDevice(device);
      Loading loading = new Loading(tf);
      this.scoring = scoring(FloatTypes.of(precision), loading, data);
      this.slopes = slopeSums(scoring);
      this.session = new Session(graph, configuration);
      try {
        loading.run(session);
      } catch (RuntimeException | Error e) {
        session.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  /**
   * What scores are computed from.
   *
   * @param rows all of them, on the device
   * @param weights {@code [inputs, outputs]}
   * @param intercepts {@code [1, outputs]}
   */
  private record Scoring<T extends TFloating>(
      RowOperands<T> rows, Placeholder<T> weights, Placeholder<T> intercepts) {
    Operand<T> scores(Ops ops, BlockSums.Block<T> block) {
      Operand<T> scores = LinearModel.score(ops, block.features(), weights, intercepts);
      Operand<T> offsets = block.offsets();
      return offsets == null ? scores : ops.math.add(scores, offsets);
    }
  }

  private <T extends TFloating> Scoring<T> scoring(
      Class<T> type, Loading loading, SecondOrderRows data) {
    Placeholder<T> raw = loading.input(type, data.raw());
    RowOperands<T> all =
        new RowOperands<>(
            loading.keep("features", FeatureEncoding.encode(tf, data.encoding(), raw), inputs),
            loading.keep("labels", type, data.labels()),
            data.weights() == null ? null : loading.keep("row_weights", type, data.weights()),
            data.offsets() == null ? null : loading.keep("offsets", type, data.offsets()),
            inputs,
            data.labels().columns());
    return new Scoring<>(
        all, tf.placeholder(type, shape(inputs, outputs)), tf.placeholder(type, shape(1, outputs)));
  }

  private <T extends TFloating> BlockSums slopeSums(Scoring<T> of) {
    return BlockSums.build(
        tf,
        of.rows(),
        rowsPerBlock(VALUES_PER_BLOCK / Math.max(inputs, outputs), MAX_ROWS_PER_BLOCK),
        BlockSums.MAX_LANES,
        rows,
        (ops, block) -> slopes(ops, of, block));
  }

  private <T extends TFloating> BlockSums curvatureSums(Scoring<T> of) {
    int valuesPerRow = parameterRows() * outputs * outputs;
    return BlockSums.build(
        tf,
        of.rows(),
        rowsPerBlock(CURVED_VALUES_PER_BLOCK / valuesPerRow, MAX_CURVED_ROWS_PER_BLOCK),
        BlockSums.MAX_LANES,
        rows,
        (ops, block) -> curvatures(ops, of, block));
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public int size() {
    return parameterRows() * outputs;
  }

  /** Parameters as a start takes them. */
  public double[] parameters(LinearWeights initial) {
    double[] parameters = new double[size()];
    System.arraycopy(initial.weights(), 0, parameters, 0, inputs * outputs);
    if (fitIntercept) {
      System.arraycopy(initial.intercepts(), 0, parameters, inputs * outputs, outputs);
    }
    return parameters;
  }

  /** The weights and intercepts of parameters; intercepts that aren't fitted are 0. */
  public LinearWeights weights(double[] parameters, List<String> outputNames) {
    double[] matrix = new double[inputs * outputs];
    System.arraycopy(parameters, 0, matrix, 0, matrix.length);
    return new LinearWeights(inputNames, outputNames, matrix, interceptsOf(parameters));
  }

  @Override
  public Evaluation evaluate(double[] parameters) {
    return evaluation(parameters, run(slopes, parameters));
  }

  @Override
  public Curvature curvature(double[] parameters) {
    List<double[]> sums = run(curvatures(), parameters);
    return new Curvature(evaluation(parameters, sums), hessian(sums.get(4), sums.get(0)[0]));
  }

  /**
   * What least squares needs of the rows: squared loss only.
   *
   * @return sums of which the labels are those of the rows, less their offsets
   */
  public GramSums gram() {
    return gramGraph().sums(session, rows, UnaryOperator.identity());
  }

  /** The weighted sums of squared residuals of a least squares solution, one an output. */
  public double[] squaredResiduals(LeastSquares solution) {
    return gramGraph()
        .squaredResiduals(session, rows, solution.parameters(), UnaryOperator.identity());
  }

  /**
   * From the part of the Hessian of the first output with itself: the weighted products of the
   * columns, whose weights are positive.
   */
  @Override
  public List<String> collinear(SymmetricMatrix hessian) {
    double[] products = new double[inputs * inputs];
    int last = inputs * outputs;
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < inputs; j++) {
        double product = hessian.get(i * outputs, j * outputs) - (i == j ? l2 : 0);
        if (fitIntercept && hessian.get(last, last) > 0) {
          double means = hessian.get(i * outputs, last) * hessian.get(j * outputs, last);
          product -= means / hessian.get(last, last);
        }
        products[i * inputs + j] = product;
      }
    }
    return CollinearColumns.describe(
        SymmetricSystem.factor(SymmetricMatrix.of(inputs, products)).dependent(),
        names,
        fitIntercept);
  }

  /**
   * The columns that others explain, one line each, for who has no Hessian to tell. Where a few
   * rows tell all columns apart, no others are looked at; where there are more than {@value
   * #MAX_COMPARED_INPUTS} columns, none, for the comparison would take longer than a training.
   */
  public List<String> collinear() {
    if (inputs > MAX_COMPARED_INPUTS) {
      return List.of();
    }
    long few = Math.min(rows, Math.max(FEW_ROWS, 4L * inputs));
    List<String> ofFew = collinear(few);
    return ofFew.isEmpty() || few == rows ? ofFew : collinear(rows);
  }

  private List<String> collinear(long count) {
    GramSums sums = gramGraph().sums(session, count, UnaryOperator.identity());
    return LeastSquares.solve(sums, names, 0, fitIntercept).collinear();
  }

  /** Idempotent. The session goes first: a graph's close waits for its sessions. */
  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private int parameterRows() {
    return inputs + (fitIntercept ? 1 : 0);
  }

  private GramGraph gramGraph() {
    GramGraph built = gram;
    if (built == null) {
      built = GramGraph.build(tf, scoring.rows(), rows);
      gram = built;
    }
    return built;
  }

  private BlockSums curvatures() {
    BlockSums built = curvatures;
    if (built == null) {
      if (size() > MAX_CURVED_PARAMETERS) {
        throw new SecondOrderException(
            ("the parameters of a model that newton trains must be at most %d, but were %d; use the"
                    + " optimizer 'lbfgs'")
                .formatted(MAX_CURVED_PARAMETERS, size()));
      }
      built = curvatureSums(scoring);
      curvatures = built;
    }
    return built;
  }

  private static int rowsPerBlock(int wanted, int max) {
    int rows = Math.min(max, wanted);
    return Math.max(RowRange.ALIGNED_ROWS, rows - rows % RowRange.ALIGNED_ROWS);
  }

  /** Sum of weights, loss, gradient of the weights, gradient of the intercepts. */
  private <T extends TFloating> List<Operand<TFloat64>> slopes(
      Ops ops, Scoring<T> of, BlockSums.Block<T> block) {
    Operand<T> scores = of.scores(ops, block);
    Operand<T> losses =
        ops.reshape(loss.ofRows(ops, scores, block.labels()), ops.constant(new int[] {-1, 1}));
    Operand<T> gradient = loss.slopes(ops, scores, block.labels());
    Operand<T> rowWeights = block.weights();
    Operand<TFloat64> weight = ops.dtypes.cast(block.rows(), TFloat64.class);
    if (rowWeights != null) {
      losses = ops.math.mul(losses, rowWeights);
      gradient = ops.math.mul(gradient, rowWeights);
      weight = sum(ops, rowWeights);
    }
    return List.of(
        ops.reshape(weight, ops.constant(new int[] {1})),
        sum(ops, losses),
        ops.dtypes.cast(
            ops.linalg.matMul(block.features(), gradient, MatMul.transposeA(true)), TFloat64.class),
        sum(ops, gradient));
  }

  /** The same and the products of the rows with each pair of outputs' curvature between them. */
  private <T extends TFloating> List<Operand<TFloat64>> curvatures(
      Ops ops, Scoring<T> of, BlockSums.Block<T> block) {
    Operand<TFloat64> columns = ops.dtypes.cast(block.features(), TFloat64.class);
    if (fitIntercept) {
      Operand<TFloat64> ones =
          ops.fill(ops.stack(List.of(block.rows(), ops.constant(1L))), ops.constant(1.0));
      columns = ops.concat(List.of(columns, ones), ops.constant(1));
    }
    int pairs = outputs * outputs;
    Operand<TFloat64> perRow =
        ops.dtypes.cast(
            loss.curvatures(ops, of.scores(ops, block), block.labels()), TFloat64.class);
    if (outputs > 1 && of.rows().labelColumns() == 1) {
      perRow = withoutCommonShift(ops, perRow);
    }
    perRow = ops.reshape(perRow, ops.constant(new int[] {-1, pairs}));
    Operand<T> rowWeights = block.weights();
    if (rowWeights != null) {
      perRow = ops.math.mul(perRow, ops.dtypes.cast(rowWeights, TFloat64.class));
    }
    Operand<TFloat64> curved =
        ops.math.mul(
            ops.expandDims(perRow, ops.constant(2)), ops.expandDims(columns, ops.constant(1)));
    List<Operand<TFloat64>> sums = new ArrayList<>(slopes(ops, of, block));
    sums.add(
        ops.linalg.matMul(
            columns,
            ops.reshape(curved, ops.constant(new int[] {-1, pairs * parameterRows()})),
            MatMul.transposeA(true)));
    return sums;
  }

  /**
   * The scores of classes may all move together without a change. Float32 says so to seven digits
   * only, which would make a direction that has no curvature one of a very small one.
   */
  private static Operand<TFloat64> withoutCommonShift(Ops ops, Operand<TFloat64> curvatures) {
    Operand<TFloat64> shifted = curvatures;
    for (int axis = 1; axis <= 2; axis++) {
      shifted =
          ops.math.sub(
              shifted, ops.math.mean(shifted, ops.constant(new int[] {axis}), Mean.keepDims(true)));
    }
    return shifted;
  }

  private static <T extends TFloating> Operand<TFloat64> sum(Ops ops, Operand<T> values) {
    return ops.sum(ops.dtypes.cast(values, TFloat64.class), ops.constant(0));
  }

  private List<double[]> run(BlockSums sums, double[] parameters) {
    try (Tensor matrix = Tensors.of(precision, Shape.of(inputs, outputs), parameters);
        Tensor vector = Tensors.of(precision, Shape.of(1, outputs), interceptsOf(parameters))) {
      return sums.over(
          session,
          rows,
          runner -> runner.feed(scoring.weights(), matrix).feed(scoring.intercepts(), vector));
    }
  }

  private double[] interceptsOf(double[] parameters) {
    double[] values = new double[outputs];
    if (fitIntercept) {
      System.arraycopy(parameters, inputs * outputs, values, 0, outputs);
    }
    return values;
  }

  private Evaluation evaluation(double[] parameters, List<double[]> sums) {
    double weight = sums.get(0)[0];
    double[] gradient = new double[size()];
    double squares = 0;
    for (int i = 0; i < inputs * outputs; i++) {
      gradient[i] = sums.get(2)[i] / weight + l2 * parameters[i];
      squares += parameters[i] * parameters[i];
    }
    for (int i = inputs * outputs; i < gradient.length; i++) {
      gradient[i] = sums.get(3)[i - inputs * outputs] / weight;
    }
    return new Evaluation(sums.get(1)[0] / weight + l2 / 2 * squares, gradient);
  }

  /** From {@code [row, (output, output), row]} to {@code [(row, output), (row, output)]}. */
  private SymmetricMatrix hessian(double[] products, double weight) {
    int count = parameterRows();
    int size = size();
    double[] hessian = new double[size * size];
    for (int i = 0; i < count; i++) {
      for (int a = 0; a < outputs; a++) {
        for (int b = 0; b < outputs; b++) {
          for (int j = 0; j < count; j++) {
            hessian[(i * outputs + a) * size + j * outputs + b] =
                products[((i * outputs + a) * outputs + b) * count + j] / weight;
          }
        }
      }
    }
    return SymmetricMatrix.of(size, hessian).plusDiagonal(l2, inputs * outputs);
  }

  private static Placeholder.Options shape(long rows, long columns) {
    return Placeholder.shape(Shape.of(rows, columns));
  }

  /** Brings matrices into variables, all in one run. */
  private static final class Loading {
    private final Ops tf;
    private final List<Placeholder<?>> inputs = new ArrayList<>();
    private final List<FloatMatrix> values = new ArrayList<>();
    private final List<Op> stores = new ArrayList<>();

    Loading(Ops tf) {
      this.tf = tf;
    }

    <T extends TFloating> Placeholder<T> input(Class<T> type, FloatMatrix matrix) {
      Placeholder<T> input = tf.placeholder(type, shape(matrix.rows(), matrix.columns()));
      inputs.add(input);
      values.add(matrix);
      return input;
    }

    <T extends TFloating> Operand<T> keep(String name, Class<T> type, FloatMatrix matrix) {
      return keep(name, input(type, matrix), matrix.columns());
    }

    <T extends TFloating> Operand<T> keep(String name, Operand<T> value, int columns) {
      VarHandleOp handle =
          tf.withName(name)
              .varHandleOp(
                  value.type(),
                  Shape.of(values.get(0).rows(), columns),
                  VarHandleOp.sharedName(name));
      stores.add(tf.assignVariableOp(handle, value));
      return tf.readVariableOp(handle, value.type());
    }

    void run(Session session) {
      List<Tensor> tensors = new ArrayList<>();
      try {
        Session.Runner runner = session.runner();
        for (int i = 0; i < inputs.size(); i++) {
          Tensor tensor = Tensors.matrix(values.get(i));
          tensors.add(tensor);
          runner.feed(inputs.get(i), tensor);
        }
        stores.forEach(runner::addTarget);
        runner.run().close();
      } finally {
        tensors.forEach(Tensor::close);
      }
    }
  }
}
