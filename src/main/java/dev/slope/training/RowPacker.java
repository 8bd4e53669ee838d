package dev.slope.training;

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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
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

  /** Packs all training rows in their order. */
  static void pack(TrainingJob job, Batches batches, Device device, Consumer consumer) {
    TrainingRows rows = job.rows();
    FloatMatrix weights = rows.weights() == null ? null : RowsFeed.withMeanOne(rows.weights());
    List<@Nullable FloatMatrix> matrices =
        Arrays.asList(rows.rawFeatures(), rows.labels(), weights, rows.offsets());
    try (Packing packing = new Packing(job, batches, weights != null, device)) {
      RowSlices.forEach(
          Math.max(1, PACKED_VALUES / Math.max(1, rows.rawFeatures().columns())),
          matrices,
          (count, values) -> packing.run(count, values, consumer));
    }
  }

  /** Packs rows that come in slices; for one thread. */
  static final class Packing implements AutoCloseable {
    private final Graph graph = TensorFlowRuntime.newGraph();
    private final Session session;
    private final List<Operand<?>> inputs;
    private final Operand<?> packed;

    Packing(TrainingJob job, Batches batches, boolean weighted, Device device) {
      Ops tf = Ops.create(graph).withDevice(device.placement());
      Ends ends = ends(tf, FloatTypes.of(job.precision()), job, batches, weighted);
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
     * Packs some rows.
     *
     * @param values coded features, labels, weights, offsets, row by row; null where there are none
     */
    void run(int rows, List<@Nullable FloatBlock> values, Consumer consumer) {
      List<Tensor> fed = new ArrayList<>();
      try {
        Session.Runner runner = session.runner();
        int next = 0;
        for (FloatBlock each : values) {
          if (each != null) {
            Tensor tensor = Tensors.matrix(each);
            fed.add(tensor);
            runner.feed(inputs.get(next++), tensor);
          }
        }
        try (Result result = runner.fetch(packed).run()) {
          consumer.accept(rows, TensorMemory.of(result.get(0)));
        }
      } finally {
        fed.forEach(Tensor::close);
      }
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }
}
