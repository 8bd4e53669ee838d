package dev.slope.training;

import dev.slope.config.Precision;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.graph.Batches;
import dev.slope.graph.FloatTypes;
import dev.slope.graph.RowsInput;
import dev.slope.graph.RowsShape;
import dev.slope.graph.TensorFlowRuntime;
import dev.slope.training.tensors.TensorMemory;
import dev.slope.training.tensors.Tensors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Encodes rows and packs them: features, label, weight and offset side by side. The encoding is the
 * graph's that is served.
 */
final class RowPacker {
  /** 4 MiB: the memory of a call counts beside the rows'. */
  private static final int PACKED_VALUES = 1 << 20;

  private RowPacker() {}

  /** Takes packed rows. */
  @FunctionalInterface
  interface Consumer {
    /**
     * Takes the next rows.
     *
     * @param rows how many
     * @param packed row by row; only during the call
     */
    void accept(int rows, ByteBuffer packed);
  }

  /** What is packed of rows, in order: features, labels, weights and offsets where there are. */
  static List<FloatMatrix> matrices(TrainingRows rows) {
    List<FloatMatrix> matrices = new ArrayList<>(List.of(rows.rawFeatures(), rows.labels()));
    if (rows.weights() != null) {
      matrices.add(RowsFeed.withMeanOne(rows.weights()));
    }
    if (rows.offsets() != null) {
      matrices.add(rows.offsets());
    }
    return matrices;
  }

  /** Packs all training rows in their order. */
  static void pack(TrainingJob job, Batches batches, Device device, Consumer consumer) {
    try (Packing packing = new Packing(job, batches, device)) {
      RowSlices.forEach(
          Math.max(1, PACKED_VALUES / Math.max(1, job.rows().rawFeatures().columns())),
          matrices(job.rows()),
          (count, values) -> packing.run(count, values, consumer));
    }
  }

  /** Packs rows that come in slices; for one thread. */
  static final class Packing implements AutoCloseable {
    private final Precision precision;
    private final Graph graph = TensorFlowRuntime.newGraph();
    private final Session session;
    private final List<Operand<?>> inputs;
    private final Operand<?> packed;

    // Of the last slice, for the next one of as many rows: new memory costs more than the copy.
    private int rows = -1;
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<ByteBuffer> memory = new ArrayList<>();

    Packing(TrainingJob job, Batches batches, Device device) {
      Ops tf = Ops.create(graph).withDevice(device.placement());
      precision = job.precision();
      Ends ends = ends(tf, FloatTypes.of(precision), job, batches, job.rows().weights() != null);
      inputs = ends.inputs();
      packed = ends.packed();
      session = new Session(graph, device.sessionOfSmallOps());
    }

    private record Ends(List<Operand<?>> inputs, Operand<?> packed) {}

    private static <T extends TFloating> Ends ends(
        Ops tf, Class<T> type, TrainingJob job, Batches batches, boolean weighted) {
      RowsShape batch = batches.batch();
      RowsInput<T> input =
          RowsInput.ofAnyRows(
              tf,
              type,
              job.features(),
              batches.sparse(),
              batch.labelColumns(),
              weighted,
              batch.offset());
      List<Operand<T>> parts = new ArrayList<>(input.data());
      if (batch.weighted() && !weighted) {
        Operand<T> label =
            tf.slice(input.labels(), tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 1}));
        parts.add(2, tf.onesLike(label));
      }
      return new Ends(List.copyOf(input.placeholders()), tf.concat(parts, tf.constant(1)));
    }

    /**
     * Where the next rows go before they are packed, row by row from the start of each; in the
     * order of {@link #matrices}. Valid until the next call with another number of rows.
     */
    List<ByteBuffer> inputs(int count) {
      if (count != rows) {
        closeTensors();
        for (Operand<?> input : inputs) {
          Tensor tensor = Tensors.blank(precision, Shape.of(count, input.shape().get(1)));
          tensors.add(tensor);
          memory.add(TensorMemory.of(tensor));
        }
        rows = count;
      }
      return memory;
    }

    /** Packs the rows that {@link #inputs} hold. */
    void run(Consumer consumer) {
      Session.Runner runner = session.runner();
      for (int i = 0; i < tensors.size(); i++) {
        runner.feed(inputs.get(i), tensors.get(i));
      }
      try (Result result = runner.fetch(packed).run()) {
        consumer.accept(rows, TensorMemory.of(result.get(0)));
      }
    }

    private void run(int count, List<FloatBlock> values, Consumer consumer) {
      List<ByteBuffer> to = inputs(count);
      for (int i = 0; i < to.size(); i++) {
        ByteBuffer bytes = values.get(i).bytes();
        to.get(i).put(0, bytes, 0, bytes.remaining());
      }
      run(consumer);
    }

    private void closeTensors() {
      tensors.forEach(Tensor::close);
      tensors.clear();
      memory.clear();
    }

    @Override
    public void close() {
      closeTensors();
      session.close();
      graph.close();
    }
  }
}
