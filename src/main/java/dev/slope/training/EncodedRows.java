package dev.slope.training;

import dev.slope.config.Precision;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import dev.slope.graph.Batches;
import java.nio.ByteBuffer;
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

  private final Precision precision;
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
    this.precision = job.precision();
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
    private final FloatMatrix matrix;
    private final long[] firstRows;
    private final FloatBlock picked;

    Picked(FloatMatrix matrix) {
      this.matrix = matrix;
      this.firstRows = new long[matrix.blocks().size()];
      long first = 0;
      for (int i = 0; i < firstRows.length; i++) {
        firstRows[i] = first;
        first += matrix.blocks().get(i).rows();
      }
      this.picked = new FloatBlock(matrix.precision(), SLICE_ROWS, matrix.columns());
    }

    void pick(long row, int to) {
      int found = Arrays.binarySearch(firstRows, row);
      int block = found < 0 ? -found - 2 : found;
      matrix.blocks().get(block).copyRow((int) (row - firstRows[block]), 0, picked, to);
    }

    FloatBlock first(int rows) {
      return picked.rows(0, rows);
    }
  }

  @Override
  public void copy(long epoch, long from, long to, ByteBuffer target) {
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
      List<@Nullable FloatBlock> values = new ArrayList<>();
      for (Picked matrix : matrices) {
        values.add(matrix == null ? null : matrix.first(count));
      }
      packing.run(count, values, (rows, packed) -> target.put(packed));
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
