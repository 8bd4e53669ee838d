package dev.slope.training;

import dev.slope.config.Precision;
import dev.slope.data.FloatMatrix;
import dev.slope.data.RowPicker;
import dev.slope.graph.Batches;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are packed each time they are copied, in the very order of {@link ShuffledRows}: they
 * take no memory beside the coded ones, and the first step waits for the first rows only.
 */
final class EncodedRows implements PackedRows {
  /**
   * So many values are packed at once, 1 MiB: fewer cost more calls, more don't stay in a cache.
   */
  private static final int SLICE_VALUES = 1 << 18;

  private final Precision precision;
  private final RowPacker.Packing packing;
  private final RowOrder order;
  private final List<RowPicker> matrices = new ArrayList<>();
  private final long[] picked;

  /**
   * The rows of a job.
   *
   * @param seed of the shuffling; null keeps the rows' order
   */
  EncodedRows(TrainingJob job, Batches batches, Device device, @Nullable Long seed) {
    this.precision = job.precision();
    for (FloatMatrix matrix : RowPacker.matrices(job.rows())) {
      matrices.add(new RowPicker(matrix));
    }
    this.order = new RowOrder(batches.rows(), seed);
    // A power of two, as batches mostly are: chunks of them then have slices of one length only.
    int most = Math.max(1, SLICE_VALUES / Math.max(1, job.rows().rawFeatures().columns()));
    this.picked = new long[Integer.highestOneBit(most)];
    this.packing = new RowPacker.Packing(job, batches, device);
  }

  @Override
  public void copy(long epoch, long from, long to, ByteBuffer target) {
    for (long first = from; first < to; first += picked.length) {
      int count = (int) Math.min(picked.length, to - first);
      order.rowsOf(epoch, first, picked, count);
      List<ByteBuffer> inputs = packing.inputs(count);
      for (int i = 0; i < inputs.size(); i++) {
        matrices.get(i).copy(picked, count, inputs.get(i));
      }
      packing.run((rows, packed) -> target.put(packed));
    }
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public void close() {
    packing.close();
  }
}
