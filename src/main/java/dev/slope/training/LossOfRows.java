package dev.slope.training;

import dev.slope.config.ModelConfig;
import dev.slope.config.Precision;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.LinearWeights;
import dev.slope.graph.FloatTypes;
import dev.slope.graph.ForwardPass;
import dev.slope.graph.Loss;
import dev.slope.graph.TensorFlowRuntime;
import dev.slope.training.tensors.TensorMemory;
import dev.slope.training.tensors.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.family.TFloating;

/**
 * The objective of a training over all its rows, block by block, where no one graph has them all:
 * {@code sum_i w_i loss_i / sum_i w_i + penalty}, summed up in float64 over slices of rows, in
 * their order. The scores of the rows come with it.
 */
final class LossOfRows implements AutoCloseable {
  /** 512 KiB of float32: what is computed of them stays in a core's cache. */
  private static final int SLICE_VALUES = 1 << 17;

  /** So many different labels, each taken once, tell the loss of all rows that have them. */
  private static final int MOST_LABELS = 64;

  private static final Squeeze.Options AXIS_1 = Squeeze.axis(List.of(1L));

  private final TrainingJob job;
  private final boolean isGpu;
  private final Graph graph = TensorFlowRuntime.newGraph();
  private final Session session;
  private final Ends<?> ends;

  LossOfRows(TrainingJob job, Device device) {
    this.job = job;
    this.isGpu = device.isGpu();
    Ops tf = Ops.create(graph).withDevice(device.placement());
    ends = Ends.add(tf, FloatTypes.of(job.precision()), job);
    session = new Session(graph, device.sessionOfSmallOps());
  }

  /** What goes into the graph and what comes out of it. */
  private record Ends<T extends TFloating>(
      Placeholder<T> raw,
      Placeholder<T> labels,
      @Nullable Placeholder<T> rowWeights,
      @Nullable Placeholder<T> offsets,
      Placeholder<T> weights,
      Placeholder<T> intercepts,
      Operand<T> scores,
      Operand<T> sum,
      Operand<T> lossesOfZero,
      Operand<T> sumOfZero,
      Operand<T> sumOfWeights) {
    static <T extends TFloating> Ends<T> add(Ops tf, Class<T> type, TrainingJob job) {
      TrainingRows rows = job.rows();
      int inputs = job.features().inputs().size();
      int outputs = job.outputs().size();
      Placeholder<T> raw = rows(tf, type, job.features().columns().size());
      Placeholder<T> labels = rows(tf, type, rows.labels().columns());
      Placeholder<T> rowWeights = rows.weights() == null ? null : rows(tf, type, 1);
      Placeholder<T> offsets = rows.offsets() == null ? null : rows(tf, type, 1);
      Placeholder<T> weights = input(tf, type, Shape.of(inputs, outputs));
      Placeholder<T> intercepts = input(tf, type, Shape.of(outputs));
      Operand<T> scores =
          plus(tf, ForwardPass.score(tf, job.features(), raw, weights, intercepts), offsets);
      Operand<T> scoresOfZero = plus(tf, zeros(tf, labels, outputs), offsets);
      Loss loss = Loss.of(job.model(), outputs);
      Operand<T> losses = loss.ofRows(tf, scores, labels);
      Operand<T> lossesOfZero = loss.ofRows(tf, scoresOfZero, labels);
      Operand<T> each =
          rowWeights == null ? tf.onesLike(lossesOfZero) : tf.squeeze(rowWeights, AXIS_1);
      return new Ends<>(
          raw,
          labels,
          rowWeights,
          offsets,
          weights,
          intercepts,
          scores,
          tf.sum(tf.math.mul(losses, each), tf.constant(0)),
          lossesOfZero,
          tf.sum(tf.math.mul(lossesOfZero, each), tf.constant(0)),
          tf.sum(each, tf.constant(0)));
    }

    private static <T extends TFloating> Operand<T> plus(
        Ops tf, Operand<T> scores, @Nullable Operand<T> offsets) {
      return offsets == null ? scores : tf.math.add(scores, offsets);
    }

    /** The scores of a model without weights, {@code [rows, outputs]}. */
    private static <T extends TFloating> Operand<T> zeros(Ops tf, Operand<T> labels, int outputs) {
      Operand<T> label =
          tf.slice(labels, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 1}));
      return tf.tile(tf.zerosLike(label), tf.constant(new int[] {1, outputs}));
    }

    private static <T extends TFloating> Placeholder<T> rows(Ops tf, Class<T> type, int columns) {
      return input(tf, type, Shape.of(Shape.UNKNOWN_SIZE, columns));
    }

    private static <T extends TFloating> Placeholder<T> input(Ops tf, Class<T> type, Shape shape) {
      return tf.placeholder(type, Placeholder.shape(shape));
    }
  }

  /** The objective where all parameters are 0: no row needs its features for it. */
  double atZero() {
    TrainingRows rows = job.rows();
    LabelShares shares =
        rows.offsets() == null && rows.labels().columns() == 1
            ? LabelShares.of(rows, MOST_LABELS)
            : null;
    return shares == null ? meanOf(ends.sumOfZero, Map.of(), rows, null) : atZero(shares);
  }

  private double atZero(LabelShares shares) {
    double[] labels = shares.labels();
    try (Tensor tensor = Tensors.of(job.precision(), Shape.of(labels.length, 1), labels);
        Result result = session.runner().feed(ends.labels, tensor).fetch(ends.lossesOfZero).run()) {
      return shares.mean(Tensors.doubles(result.get(0)));
    }
  }

  /** The objective at some parameters. */
  double at(LinearWeights parameters) {
    return at(parameters, job.rows(), null);
  }

  /**
   * The objective over rows at some parameters, and their scores, in one pass where these are to
   * the last bit what more rows at once give: a product of float64, or on a GPU, may be summed in
   * an order that depends on their number.
   *
   * @param rows all of the job, or some of them
   * @param scorer of many rows at once
   */
  Trainer.Measured measure(
      LinearWeights parameters, TrainingRows rows, Supplier<FloatMatrix> scorer) {
    if (isGpu || job.precision() == Precision.FLOAT64) {
      return new Trainer.Measured(at(parameters, rows, null), scorer.get());
    }
    FloatMatrix scores = Scorer.blank(rows.rawFeatures(), job.outputs());
    return new Trainer.Measured(at(parameters, rows, scores), scores);
  }

  private double at(LinearWeights parameters, TrainingRows rows, @Nullable FloatMatrix scores) {
    try (Tensor fedWeights =
            Tensors.of(
                job.precision(),
                Shape.of(parameters.inputs().size(), parameters.outputs().size()),
                parameters.weights());
        Tensor fedIntercepts =
            Tensors.of(
                job.precision(), Shape.of(parameters.outputs().size()), parameters.intercepts())) {
      return meanOf(
              ends.sum,
              Map.of(ends.weights, fedWeights, ends.intercepts, fedIntercepts),
              rows,
              scores)
          + penalty(parameters);
    }
  }

  /**
   * A sum over rows, divided by the sum of their weights.
   *
   * @param ofSlice the sum over some rows
   * @param parameters what it needs besides the rows; nothing where it needs no features
   * @param scores takes the scores of the rows; null where nobody asks for them
   */
  private double meanOf(
      Operand<?> ofSlice,
      Map<Placeholder<?>, Tensor> parameters,
      TrainingRows rows,
      @Nullable FloatMatrix scores) {
    List<@Nullable FloatMatrix> matrices =
        Arrays.asList(rows.rawFeatures(), rows.labels(), rows.weights(), rows.offsets(), scores);
    int width = Math.max(1, rows.rawFeatures().columns());
    double[] sums = new double[2];
    try (InOrder<double[]> threads =
        InOrder.beginningHere(
            sumsOfSlice -> {
              sums[0] += sumsOfSlice[0];
              sums[1] += sumsOfSlice[1];
            })) {
      RowSlices.forEach(
          Math.max(1, SLICE_VALUES / width),
          matrices,
          (count, values) -> threads.add(() -> sums(values, ofSlice, parameters)));
      threads.finish();
    }
    return sums[0] / sums[1];
  }

  private double[] sums(
      List<@Nullable FloatBlock> values,
      Operand<?> ofSlice,
      Map<Placeholder<?>, Tensor> parameters) {
    FloatBlock scores = values.get(4);
    List<Tensor> fed = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      parameters.forEach(runner::feed);
      feed(runner, parameters.isEmpty() ? null : ends.raw, values.get(0), fed);
      feed(runner, ends.labels, values.get(1), fed);
      feed(runner, ends.rowWeights, values.get(2), fed);
      feed(runner, ends.offsets, values.get(3), fed);
      runner.fetch(ofSlice).fetch(ends.sumOfWeights);
      if (scores != null) {
        runner.fetch(ends.scores);
      }
      try (Result result = runner.run()) {
        if (scores != null) {
          scores.bytes().put(TensorMemory.of(result.get(2)));
        }
        return new double[] {Tensors.scalar(result.get(0)), Tensors.scalar(result.get(1))};
      }
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private static void feed(
      Session.Runner runner,
      @Nullable Placeholder<?> to,
      @Nullable FloatBlock values,
      List<Tensor> fed) {
    if (to != null && values != null) {
      Tensor tensor = Tensors.matrix(values);
      fed.add(tensor);
      runner.feed(to, tensor);
    }
  }

  private double penalty(LinearWeights parameters) {
    ModelConfig model = job.model();
    double penalty = 0;
    for (double weight : parameters.weights()) {
      penalty += model.l1() * Math.abs(weight) + model.l2() / 2 * weight * weight;
    }
    return penalty;
  }

  /** Idempotent. The session goes first: a graph's close waits for its sessions. */
  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
