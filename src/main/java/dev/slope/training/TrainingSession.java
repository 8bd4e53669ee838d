package dev.slope.training;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.features.LinearWeights;
import dev.slope.graph.Loss;
import dev.slope.graph.ModelShape;
import dev.slope.graph.TrainingGraph;
import dev.slope.graph.UpdateRule;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Owns the graph and the session of one training; values come out copied. */
final class TrainingSession implements AutoCloseable {
  private final TrainingJob job;
  private final ModelShape shape;
  private final Graph graph;
  private final Session session;
  private final TrainingGraph ops;

  TrainingSession(TrainingJob job, Device device, int maxEpochsPerCall) {
    this.job = job;
    this.shape =
        new ModelShape(
            job.rawFeatures().rows(), job.features().inputs().size(), job.labels().columns());
    this.graph = new Graph();
    try {
      this.ops =
          TrainingGraph.build(
              Ops.create(graph).withDevice(device.placement()),
              shape,
              job.features(),
              Loss.of(job.model(), shape.outputs()),
              UpdateRule.of(job.training().optimizer()),
              maxEpochsPerCall);
      this.session = new Session(graph, device.session());
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  /**
   * Where a training starts from.
   *
   * @param loss of the initial parameters, over all training rows
   * @param lossOfZero the loss of a model that answers 0
   */
  record Beginning(float loss, float lossOfZero) {}

  /** Brings the training rows into the graph and sets the parameters. */
  Beginning begin(LinearWeights initial) {
    TrainingGraph.Loading loading = ops.loading();
    TrainingGraph.Start start = ops.start();
    try (TFloat32 raw = tensor(job.rawFeatures());
        TFloat32 labels = tensor(job.labels());
        TFloat32 weights = tensor(shape.inputs(), shape.outputs(), toFloats(initial.weights()));
        TFloat32 intercepts = TFloat32.vectorOf(toFloats(initial.intercepts()))) {
      Session.Runner runner =
          session
              .runner()
              .feed(loading.raw(), raw)
              .feed(loading.labels(), labels)
              .feed(start.weights(), weights)
              .feed(start.intercepts(), intercepts)
              .fetch(start.loss())
              .fetch(start.lossOfZero());
      loading.store().forEach(runner::addTarget);
      start.initialize().forEach(runner::addTarget);
      try (Result result = runner.run()) {
        return new Beginning(scalar(result.get(0)), scalar(result.get(1)));
      }
    }
  }

  /**
   * What a call of the loop did.
   *
   * @param losses one an epoch that ran
   * @param healthy false where the last loss is out of bounds
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  record Call(float[] losses, boolean healthy) {}

  /** Runs some epochs; fewer where one starts from a loss that is out of bounds. */
  Call run(long epochs, float learningRate, float lossLimit) {
    TrainingGraph.Epochs loop = ops.epochs();
    try (TInt64 count = TInt64.scalarOf(epochs);
        TFloat32 rate = TFloat32.scalarOf(learningRate);
        TFloat32 limit = TFloat32.scalarOf(lossLimit)) {
      Session.Runner runner =
          session
              .runner()
              .feed(loop.count(), count)
              .feed(loop.learningRate(), rate)
              .feed(loop.lossLimit(), limit)
              .fetch(loop.losses())
              .fetch(loop.healthy());
      loop.store().forEach(runner::addTarget);
      try (Result result = runner.run()) {
        return new Call(floats(result.get(0)), ((TBool) result.get(1)).getBoolean());
      }
    }
  }

  /**
   * What training has reached.
   *
   * @param weights the present parameters
   * @param loss of them, over all training rows
   */
  record Reached(LinearWeights weights, float loss) {}

  /** Reads the present parameters and their loss. */
  Reached reached() {
    TrainingGraph.Result read = ops.result();
    try (Result result =
        session.runner().fetch(read.weights()).fetch(read.intercepts()).fetch(read.loss()).run()) {
      return new Reached(weights(result.get(0), result.get(1)), scalar(result.get(2)));
    }
  }

  /** The parameters of the last epoch that started from a loss within bounds. */
  LinearWeights lastGoodWeights() {
    TrainingGraph.Result read = ops.result();
    try (Result result =
        session.runner().fetch(read.lastGoodWeights()).fetch(read.lastGoodIntercepts()).run()) {
      return weights(result.get(0), result.get(1));
    }
  }

  /** The scores of rows, one column an output. */
  FloatMatrix predict(FloatMatrix raw) {
    List<FloatBlock> blocks = new ArrayList<>();
    int maxRows = FloatBlock.MAX_VALUES / Math.max(raw.columns(), shape.outputs());
    for (FloatBlock block : raw.blocks()) {
      for (int row = 0; row < block.rows(); row += maxRows) {
        blocks.add(predict(block, row, Math.min(maxRows, block.rows() - row)));
      }
    }
    return new FloatMatrix(job.labels().names(), blocks);
  }

  /** Idempotent. The session goes first: a graph's close waits for its sessions. */
  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private FloatBlock predict(FloatBlock block, int firstRow, int rows) {
    FloatBuffer raw = block.values().slice(firstRow * block.columns(), rows * block.columns());
    FloatBlock scores = new FloatBlock(rows, shape.outputs());
    try (TFloat32 tensor = tensor(rows, block.columns(), raw);
        Result result =
            session
                .runner()
                .feed(ops.prediction().rawBlock(), tensor)
                .fetch(ops.prediction().scores())
                .run()) {
      ((TFloat32) result.get(0)).copyTo(DataBuffers.of(scores.values()));
    }
    return scores;
  }

  private LinearWeights weights(Tensor weights, Tensor intercepts) {
    return new LinearWeights(
        job.features().inputs(),
        job.labels().names(),
        doubles(floats(weights)),
        doubles(floats(intercepts)));
  }

  /** All rows as one tensor: the variable that takes it keeps this very memory. */
  private static TFloat32 tensor(FloatMatrix matrix) {
    return TFloat32.tensorOf(
        Shape.of(matrix.rows(), matrix.columns()),
        tensor -> {
          FloatDataBuffer target = tensor.asRawTensor().data().asFloats();
          long first = 0;
          for (FloatBlock block : matrix.blocks()) {
            long size = (long) block.rows() * block.columns();
            DataBuffers.of(block.values()).copyTo(target.offset(first), size);
            first += size;
          }
        });
  }

  private static float scalar(Tensor tensor) {
    return ((TFloat32) tensor).getFloat();
  }

  private static TFloat32 tensor(int rows, int columns, float[] values) {
    return TFloat32.tensorOf(Shape.of(rows, columns), DataBuffers.of(values, true, false));
  }

  private static TFloat32 tensor(int rows, int columns, FloatBuffer values) {
    return TFloat32.tensorOf(Shape.of(rows, columns), DataBuffers.of(values));
  }

  private static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    ((TFloat32) tensor).copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  private static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
