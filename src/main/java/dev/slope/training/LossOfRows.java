package dev.slope.training;

import dev.slope.config.ModelConfig;
import dev.slope.data.FloatMatrix;
import dev.slope.features.LinearWeights;
import dev.slope.graph.ForwardPass;
import dev.slope.graph.Loss;
import dev.slope.training.tensors.Tensors;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;

/**
 * The objective of a training over all its rows, block by block, where no one graph has them all:
 * {@code sum_i w_i loss_i / sum_i w_i + penalty}, summed up in float64 over slices of rows, in
 * their order.
 */
final class LossOfRows implements AutoCloseable {
  /** 512 KiB: what is computed of them stays in a core's cache. */
  private static final int SLICE_VALUES = 1 << 17;

  private static final Squeeze.Options AXIS_1 = Squeeze.axis(List.of(1L));

  private final TrainingJob job;
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> raw;
  private final Placeholder<TFloat32> labels;
  private final @Nullable Placeholder<TFloat32> rowWeights;
  private final @Nullable Placeholder<TFloat32> offsets;
  private final Placeholder<TFloat32> weights;
  private final Placeholder<TFloat32> intercepts;
  private final Operand<TFloat32> sum;
  private final Operand<TFloat32> sumOfZero;
  private final Operand<TFloat32> sumOfWeights;

  LossOfRows(TrainingJob job, Device device) {
    this.job = job;
    TrainingRows rows = job.rows();
    int inputs = job.features().inputs().size();
    int outputs = job.outputs().size();
    Ops tf = Ops.create(graph).withDevice(device.placement());
    raw = rows(tf, job.features().columns().size());
    labels = rows(tf, rows.labels().columns());
    rowWeights = rows.weights() == null ? null : rows(tf, 1);
    offsets = rows.offsets() == null ? null : rows(tf, 1);
    weights = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(inputs, outputs)));
    intercepts = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(outputs)));
    Operand<TFloat32> scores = ForwardPass.score(tf, job.features(), raw, weights, intercepts);
    Operand<TFloat32> lossesOfZero = losses(tf, zeros(tf, outputs));
    Operand<TFloat32> each =
        rowWeights == null ? tf.onesLike(lossesOfZero) : tf.squeeze(rowWeights, AXIS_1);
    sum = tf.sum(tf.math.mul(losses(tf, scores), each), tf.constant(0));
    sumOfZero = tf.sum(tf.math.mul(lossesOfZero, each), tf.constant(0));
    sumOfWeights = tf.sum(each, tf.constant(0));
    session = new Session(graph, device.sessionOfSmallOps());
  }

  private static Placeholder<TFloat32> rows(Ops tf, int columns) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, columns)));
  }

  private Operand<TFloat32> losses(Ops tf, Operand<TFloat32> scores) {
    return Loss.of(job.model(), job.outputs().size())
        .ofRows(tf, offsets == null ? scores : tf.math.add(scores, offsets), labels);
  }

  /** The scores of a model without weights, {@code [rows, outputs]}. */
  private Operand<TFloat32> zeros(Ops tf, int outputs) {
    Operand<TFloat32> label =
        tf.slice(labels, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 1}));
    return tf.math.mul(tf.zerosLike(label), tf.constant(new float[1][outputs]));
  }

  /** The objective where all parameters are 0: no row needs its features for it. */
  double atZero() {
    return meanOf(sumOfZero, Map.of());
  }

  /** The objective at some parameters. */
  double at(LinearWeights parameters) {
    try (TFloat32 fedWeights =
            Tensors.matrix(
                parameters.inputs().size(),
                parameters.outputs().size(),
                Tensors.toFloats(parameters.weights()));
        TFloat32 fedIntercepts = TFloat32.vectorOf(Tensors.toFloats(parameters.intercepts()))) {
      return meanOf(sum, Map.of(weights, fedWeights, intercepts, fedIntercepts))
          + penalty(parameters);
    }
  }

  /**
   * A sum over all rows, divided by the sum of their weights.
   *
   * @param ofSlice the sum over some rows
   * @param parameters what it needs besides the rows; nothing where it needs no features
   */
  private double meanOf(
      Operand<TFloat32> ofSlice, Map<Placeholder<TFloat32>, TFloat32> parameters) {
    TrainingRows rows = job.rows();
    List<@Nullable FloatMatrix> matrices =
        Arrays.asList(rows.rawFeatures(), rows.labels(), rows.weights(), rows.offsets());
    int width = Math.max(1, rows.rawFeatures().columns());
    double[] sums = new double[2];
    try (InOrder<double[]> threads =
        new InOrder<>(
            sumsOfSlice -> {
              sums[0] += sumsOfSlice[0];
              sums[1] += sumsOfSlice[1];
            })) {
      RowSlices.forEach(
          Math.max(1, SLICE_VALUES / width),
          matrices,
          (count, values) -> threads.add(() -> sums(count, values, ofSlice, parameters)));
      threads.finish();
    }
    return sums[0] / sums[1];
  }

  private double[] sums(
      int count,
      List<@Nullable FloatBuffer> values,
      Operand<TFloat32> ofSlice,
      Map<Placeholder<TFloat32>, TFloat32> parameters) {
    List<TFloat32> fed = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      parameters.forEach(runner::feed);
      feed(runner, parameters.isEmpty() ? null : raw, count, values.get(0), fed);
      feed(runner, labels, count, values.get(1), fed);
      feed(runner, rowWeights, count, values.get(2), fed);
      feed(runner, offsets, count, values.get(3), fed);
      try (Result result = runner.fetch(ofSlice).fetch(sumOfWeights).run()) {
        return new double[] {Tensors.scalar(result.get(0)), Tensors.scalar(result.get(1))};
      }
    } finally {
      fed.forEach(TFloat32::close);
    }
  }

  private static void feed(
      Session.Runner runner,
      @Nullable Placeholder<TFloat32> to,
      int rows,
      @Nullable FloatBuffer values,
      List<TFloat32> fed) {
    if (to != null && values != null) {
      TFloat32 tensor = Tensors.matrix(rows, values.remaining() / rows, values);
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
