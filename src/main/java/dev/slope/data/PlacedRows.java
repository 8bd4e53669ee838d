package dev.slope.data;

import dev.slope.config.Precision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a known number, each of which is written at its place: several threads write different
 * ones at once. Memory is taken where the first row of a block is written, by the thread that does.
 */
final class PlacedRows {
  private final int columns;
  private final BlockStore store;
  private final List<Part> parts = new ArrayList<>();
  private long rows;

  PlacedRows(int columns, BlockStore store) {
    this.columns = columns;
    this.store = store;
  }

  /** A block, some of whose rows are placed ones. */
  final class Part {
    private final long first;
    private final int from;
    private final int count;
    private final int blockRows;
    private @Nullable FloatBlock block;

    private Part(int from, int count, int blockRows, @Nullable FloatBlock block) {
      this.first = rows;
      this.from = from;
      this.count = count;
      this.blockRows = blockRows;
      this.block = block;
    }

    /** How many placed rows it has. */
    int count() {
      return count;
    }

    synchronized FloatBlock block() {
      if (block == null) {
        block = store.allocate(blockRows, columns);
      }
      return block;
    }

    private int write(long row, FloatArray rowByRow, int offset, int most) {
      int at = (int) (row - first);
      int written = Math.min(most, count - at);
      block().write((from + at) * columns, rowByRow, offset * columns, written * columns);
      return written;
    }
  }

  /** Goes on in a block that has rows already. */
  void add(FloatBlock block, int from, int count) {
    add(new Part(from, count, block.rows(), block));
  }

  /** Goes on in a new block. */
  void add(int blockRows, int count) {
    add(new Part(0, count, blockRows, null));
  }

  private void add(Part part) {
    parts.add(part);
    rows += part.count;
  }

  /** All blocks, in order. */
  List<Part> parts() {
    return parts;
  }

  /** The type of their numbers. */
  Precision precision() {
    return store.precision();
  }

  /** How many rows. */
  long rows() {
    return rows;
  }

  /**
   * Writes neighbouring rows.
   *
   * @param row the place of the first, counted from 0
   * @param rowByRow has them from its start
   */
  void write(long row, FloatArray rowByRow, int count) {
    int index = partOf(row);
    int written = 0;
    while (written < count) {
      written += parts.get(index).write(row + written, rowByRow, written, count - written);
      index++;
    }
  }

  private int partOf(long row) {
    int low = 0;
    int high = parts.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (parts.get(middle).first <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
