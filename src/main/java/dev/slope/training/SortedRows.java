package dev.slope.training;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Walks once through matrices of the same rows together and sorts the rows to several places, each
 * of which gets its own in their order, block by block.
 */
final class SortedRows {
  /** The place of a row that is left out. */
  static final int NOWHERE = -1;

  private final List<@Nullable FloatMatrix> matrices;
  private final int rowsPerBlock;
  private final @Nullable Block[] open;
  private final Deque<List<@Nullable FloatBlock>> free = new ArrayDeque<>();

  /**
   * A walk.
   *
   * @param matrices the first is not null
   * @param rowsPerBlock of each block of a place but its last
   * @param places how many there are
   */
  SortedRows(List<@Nullable FloatMatrix> matrices, int rowsPerBlock, int places) {
    this.matrices = matrices;
    this.rowsPerBlock = rowsPerBlock;
    this.open = new Block[places];
  }

  /** Rows of one place. */
  static final class Block {
    private final int place;
    private final List<@Nullable FloatBlock> buffers;
    private int rows;

    private Block(int place, List<@Nullable FloatBlock> buffers) {
      this.place = place;
      this.buffers = buffers;
    }

    int place() {
      return place;
    }

    /** How many. */
    int rows() {
      return rows;
    }

    /** Those of each matrix, row by row; null where the matrix is. */
    List<@Nullable FloatBlock> values() {
      List<@Nullable FloatBlock> values = new ArrayList<>();
      for (FloatBlock buffer : buffers) {
        values.add(buffer == null ? null : buffer.rows(0, rows));
      }
      return values;
    }
  }

  /**
   * Walks.
   *
   * @param places the place of each row
   * @param consumer takes a block when it is full or has the last rows of its place; the block is
   *     its own until it is given back
   */
  void forEach(IntUnaryOperator places, Consumer<Block> consumer) {
    int[] first = {0};
    RowSlices.forEach(
        rowsPerBlock,
        matrices,
        (rows, values) -> {
          int row = 0;
          while (row < rows) {
            int place = places.applyAsInt(first[0] + row);
            int end = row + 1;
            while (end < rows && places.applyAsInt(first[0] + end) == place) {
              end++;
            }
            if (place != NOWHERE) {
              add(place, values, row, end, consumer);
            }
            row = end;
          }
          first[0] += rows;
        });
    for (int place = 0; place < open.length; place++) {
      Block last = open[place];
      open[place] = null;
      if (last != null) {
        consumer.accept(last);
      }
    }
  }

  /** Takes a block back, to fill it again. */
  void free(Block block) {
    free.push(block.buffers);
  }

  private void add(
      int place, List<@Nullable FloatBlock> from, int first, int end, Consumer<Block> consumer) {
    int row = first;
    while (row < end) {
      Block to = open[place];
      if (to == null) {
        to = new Block(place, buffers());
        open[place] = to;
      }
      int count = Math.min(end - row, rowsPerBlock - to.rows);
      for (int i = 0; i < from.size(); i++) {
        FloatBlock source = from.get(i);
        FloatBlock target = to.buffers.get(i);
        if (source != null && target != null) {
          int columns = source.columns();
          source.copy(row * columns, target, to.rows * columns, count * columns);
        }
      }
      to.rows += count;
      row += count;
      if (to.rows == rowsPerBlock) {
        open[place] = null;
        consumer.accept(to);
      }
    }
  }

  private List<@Nullable FloatBlock> buffers() {
    List<@Nullable FloatBlock> freed = free.poll();
    if (freed != null) {
      return freed;
    }
    List<@Nullable FloatBlock> buffers = new ArrayList<>();
    for (FloatMatrix matrix : matrices) {
      buffers.add(
          matrix == null
              ? null
              : new FloatBlock(matrix.precision(), rowsPerBlock, matrix.columns()));
    }
    return buffers;
  }
}
