package dev.slope.data;

import java.nio.FloatBuffer;
import java.util.function.Consumer;

/**
 * Cuts a stream of rows into blocks. The first blocks are small and each doubles the last, up to
 * {@link #BLOCK_ROWS} rows, so that a small table takes little memory.
 */
final class BlockWriter {
  /** The rows of a full block. */
  static final int BLOCK_ROWS = 1 << 16;

  private static final int FIRST_BLOCK_ROWS = 1 << 10;

  private final int columns;
  private final BlockStore store;
  private final Consumer<FloatBlock> full;
  private FloatBlock block;
  private FloatBuffer values;
  private int rows;

  /**
   * A writer of rows.
   *
   * @param store where blocks come from
   * @param full is given each block when it is full, and the rest at {@link #finish}
   */
  BlockWriter(int columns, BlockStore store, Consumer<FloatBlock> full) {
    this.columns = columns;
    this.store = store;
    this.full = full;
    this.block = store.allocate(bounded(FIRST_BLOCK_ROWS), columns);
    this.values = block.values();
  }

  private int bounded(int wanted) {
    return Math.min(wanted, FloatBlock.MAX_VALUES / Math.max(1, columns));
  }

  /** Appends one row, which is copied. */
  void add(float[] row) {
    if (rows == block.rows()) {
      full.accept(block);
      block = store.allocate(bounded(Math.min(BLOCK_ROWS, 2 * block.rows())), columns);
      values = block.values();
      rows = 0;
    }
    values.put(row, 0, columns);
    rows++;
  }

  /** Hands on what is left. */
  void finish() {
    if (rows > 0) {
      full.accept(rows == block.rows() ? block : block.head(rows));
      rows = 0;
    }
  }
}
