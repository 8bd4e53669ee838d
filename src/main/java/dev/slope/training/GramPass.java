package dev.slope.training;

import dev.slope.config.Precision;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.graph.FloatTypes;
import dev.slope.graph.RowsInput;
import dev.slope.graph.TensorFlowRuntime;
import dev.slope.training.secondorder.GramGraph;
import dev.slope.training.secondorder.GramSums;
import dev.slope.training.secondorder.LeastSquares;
import dev.slope.training.secondorder.RowOperands;
import dev.slope.training.tensors.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Passes over all rows for their sums of squares and products. No tensor ever has all of them:
 * blocks that stay in a core's cache are copied, encoded and summed up on all cores, and merged in
 * the order of the rows.
 */
final class GramPass implements AutoCloseable {
  private final TrainingJob job;
  private final Graph graph = TensorFlowRuntime.newGraph();
  private final Session session;
  private final List<Operand<?>> inputs;
  private final GramGraph ops;

  /** A pass that multiplies in float64. */
  GramPass(TrainingJob job, Device device) {
    this(job, device, Precision.FLOAT64);
  }

  /**
   * A pass over a job's rows.
   *
   * @param products what rows are multiplied in; see {@link GramSums#isEnough}
   */
  GramPass(TrainingJob job, Device device, Precision products) {
    this.job = job;
    Ops tf = Ops.create(graph).withDevice(device.placement());
    Ends ends = ends(tf, FloatTypes.of(job.precision()), job, products);
    inputs = ends.inputs();
    ops = ends.sums();
    session = new Session(graph, device.session());
  }

  private record Ends(List<Operand<?>> inputs, GramGraph sums) {}

  private static <T extends TFloating> Ends ends(
      Ops tf, Class<T> type, TrainingJob job, Precision products) {
    TrainingRows rows = job.rows();
    RowsInput<T> input =
        RowsInput.ofAnyRows(
            tf,
            type,
            job.features(),
            null,
            rows.labels().columns(),
            rows.weights() != null,
            rows.offsets() != null);
    GramGraph sums =
        GramGraph.ofBlocks(
            tf,
            new RowOperands<>(
                input.data().get(0),
                input.labels(),
                input.weights(),
                input.offsets(),
                job.features().inputs().size(),
                rows.labels().columns()),
            products);
    return new Ends(List.copyOf(input.placeholders()), sums);
  }

  /** The sums over all rows. */
  GramSums sums() {
    int inputs = job.features().inputs().size();
    int outputs = job.rows().labels().columns();
    GramSums[] merged = {GramSums.empty(inputs, outputs)};
    double[][] point = new double[1][];
    try (InOrder<GramSums> blocks = new InOrder<>(sums -> merged[0] = merged[0].merge(sums))) {
      forEach(
          (rows, values) -> {
            if (point[0] == null) {
              point[0] = fed(values, feeds -> ops.firstMeans(session, rows, feeds));
            }
            blocks.add(() -> fed(values, feeds -> ops.sums(session, rows, point[0], feeds)));
          });
      blocks.finish();
    }
    return merged[0];
  }

  /** The sums over the rows of each fold: those that {@link #sums} has of them alone. */
  List<GramSums> sums(Folds folds) {
    int inputs = job.features().inputs().size();
    int outputs = job.rows().labels().columns();
    List<GramSums> merged =
        new ArrayList<>(Collections.nCopies(folds.count(), GramSums.empty(inputs, outputs)));
    double[][] points = new double[folds.count()][];
    SortedRows rows = new SortedRows(matrices(), ops.rowsPerRun(), folds.count());
    try (InOrder<SumsOfFold> blocks =
        new InOrder<>(
            of -> {
              merged.set(of.fold(), merged.get(of.fold()).merge(of.sums()));
              rows.free(of.block());
            })) {
      rows.forEach(
          row -> folds.ofRow()[row],
          block -> {
            int fold = block.place();
            if (points[fold] == null) {
              points[fold] =
                  fed(block.values(), feeds -> ops.firstMeans(session, block.rows(), feeds));
            }
            blocks.add(
                () ->
                    new SumsOfFold(
                        block,
                        fed(
                            block.values(),
                            feeds -> ops.sums(session, block.rows(), points[fold], feeds))));
          });
      blocks.finish();
    }
    return merged;
  }

  private record SumsOfFold(SortedRows.Block block, GramSums sums) {
    int fold() {
      return block.place();
    }
  }

  /**
   * The weighted sums of squared residuals over the rows outside a fold, one an output.
   *
   * @param parameters {@code [inputs + 1, outputs]}, row by row, the intercepts last
   */
  double[] squaredResiduals(double[] parameters, Folds folds, int fold) {
    double[] total = new double[job.rows().labels().columns()];
    SortedRows rows = new SortedRows(matrices(), ops.rowsPerRun(), 1);
    try (InOrder<double[]> blocks = new InOrder<>(sums -> add(total, sums))) {
      rows.forEach(
          row -> folds.ofRow()[row] == fold ? SortedRows.NOWHERE : 0,
          block ->
              blocks.add(
                  () ->
                      fed(
                          block.values(),
                          feeds ->
                              ops.squaredResiduals(session, block.rows(), parameters, feeds))));
      blocks.finish();
    }
    return total;
  }

  /** The weighted sums of squared residuals of a solution, one an output. */
  double[] squaredResiduals(LeastSquares solution) {
    return squaredResiduals(solution.parameters());
  }

  /**
   * The weighted sums of squared residuals, one an output.
   *
   * @param parameters {@code [inputs + 1, outputs]}, row by row, the intercepts last
   */
  double[] squaredResiduals(double[] parameters) {
    double[] total = new double[job.rows().labels().columns()];
    try (InOrder<double[]> blocks = new InOrder<>(sums -> add(total, sums))) {
      forEach(
          (rows, values) ->
              blocks.add(
                  () ->
                      fed(
                          values,
                          feeds -> ops.squaredResiduals(session, rows, parameters, feeds))));
      blocks.finish();
    }
    return total;
  }

  private static void add(double[] total, double[] values) {
    for (int i = 0; i < total.length; i++) {
      total[i] += values[i];
    }
  }

  private void forEach(RowSlices.Consumer consumer) {
    RowSlices.forEach(ops.rowsPerRun(), matrices(), consumer);
  }

  private List<@Nullable FloatMatrix> matrices() {
    TrainingRows rows = job.rows();
    return Arrays.asList(rows.rawFeatures(), rows.labels(), rows.weights(), rows.offsets());
  }

  /** What comes of a block's tensors. */
  private <T> T fed(
      List<@Nullable FloatBlock> values, Function<UnaryOperator<Session.Runner>, T> work) {
    List<Tensor> tensors = new ArrayList<>();
    try {
      for (FloatBlock each : values) {
        if (each != null) {
          tensors.add(Tensors.matrix(each));
        }
      }
      return work.apply(
          runner -> {
            for (int i = 0; i < tensors.size(); i++) {
              runner.feed(inputs.get(i), tensors.get(i));
            }
            return runner;
          });
    } finally {
      tensors.forEach(Tensor::close);
    }
  }

  /** Idempotent. The session goes first: a graph's close waits for its sessions. */
  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
