package dev.slope.training;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.graph.Batches;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are packed each time they are copied, in the very order of {@link ShuffledRows}: they
 * take no memory beside the coded ones, and the first step waits for the first rows only.
 */
final class EncodedRows implements PackedRows {
  /** So many rows are packed at once. */
  private static final int SLICE_ROWS = 8192;

  private final RowPacker.Packing packing;
  private final RowOrder order;
  private final List<@Nullable Picked> matrices = new ArrayList<>();

  /**
   * The rows of a job.
   *
   * @param seed of the shuffling; null keeps the rows' order
   */
  EncodedRows(TrainingJob job, Batches batches, Device device, @Nullable Long seed) {
    TrainingRows rows = job.rows();
    FloatMatrix weights = rows.weights() == null ? null : RowsFeed.withMeanOne(rows.weights());
    for (FloatMatrix matrix :
        Arrays.asList(rows.rawFeatures(), rows.labels(), weights, rows.offsets())) {
      matrices.add(matrix == null ? null : new Picked(matrix));
    }
    this.order = new RowOrder(batches.rows(), seed);
    this.packing = new RowPacker.Packing(job, batches, weights != null, device);
  }

  /** Rows of a matrix, picked one by one into a buffer. */
  private static final class Picked {
    private final FloatBuffer[] blocks;
    private final long[] firstRows;
    private final int columns;
    private final FloatBuffer picked;

    Picked(FloatMatrix matrix) {
      this.columns = matrix.columns();
      this.blocks = new FloatBuffer[matrix.blocks().size()];
      this.firstRows = new long[blocks.length];
      long first = 0;
      for (int i = 0; i < blocks.length; i++) {
        FloatBlock block = matrix.blocks().get(i);
        blocks[i] = block.values();
        firstRows[i] = first;
        first += block.rows();
      }
      this.picked =
          ByteBuffer.allocateDirect(SLICE_ROWS * columns * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }

    void pick(long row, int to) {
      int found = Arrays.binarySearch(firstRows, row);
      int block = found < 0 ? -found - 2 : found;
      int from = (int) (row - firstRows[block]) * columns;
      picked.put(to * columns, blocks[block], from, columns);
    }

    FloatBuffer first(int rows) {
      return picked.slice(0, rows * columns);
    }
  }

  @Override
  public void copy(long epoch, long from, long to, FloatBuffer target) {
    for (long first = from; first < to; first += SLICE_ROWS) {
      int count = (int) Math.min(SLICE_ROWS, to - first);
      for (int row = 0; row < count; row++) {
        long source = order.rowOf(epoch, first + row);
        for (Picked matrix : matrices) {
          if (matrix != null) {
            matrix.pick(source, row);
          }
        }
      }
      List<@Nullable FloatBuffer> values = new ArrayList<>();
      for (Picked matrix : matrices) {
        values.add(matrix == null ? null : matrix.first(count));
      }
      packing.run(count, values, (rows, packed) -> target.put(packed));
    }
  }

  @Override
  public void close() {
    packing.close();
  }
}
