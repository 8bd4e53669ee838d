package dev.slope.data;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
  private int nextRows = FIRST_BLOCK_ROWS;
  private @Nullable FloatBlock block;
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
  }

  private int bounded(int wanted) {
    return Math.min(wanted, FloatBlock.MAX_VALUES / Math.max(1, columns));
  }

  /** Appends one row, which is copied; a block that it completes is handed on at once. */
  void add(FloatArray row) {
    FloatBlock open = block == null ? next() : block;
    open.write(rows * columns, row, 0, columns);
    rows++;
    if (rows == open.rows()) {
      handOn(open);
    }
  }

  /** Appends rows that follow each other in an array. */
  void addAll(FloatArray rowByRow, int count) {
    int added = 0;
    while (added < count) {
      FloatBlock open = block == null ? next() : block;
      int fitting = Math.min(count - added, open.rows() - rows);
      open.write(rows * columns, rowByRow, added * columns, fitting * columns);
      added += fitting;
      rows += fitting;
      if (rows == open.rows()) {
        handOn(open);
      }
    }
  }

  /**
   * Appends rows that are written in any order, into the blocks that they would be in had they come
   * one by one.
   *
   * @param writing writes every one of them before it returns
   */
  void addPlaced(long count, Consumer<PlacedRows> writing) {
    PlacedRows placed = placed(count);
    writing.accept(placed);
    for (PlacedRows.Part part : placed.parts()) {
      FloatBlock open = part.block();
      block = open;
      rows += part.count();
      if (rows == open.rows()) {
        handOn(open);
      }
    }
  }

  private PlacedRows placed(long count) {
    PlacedRows placed = new PlacedRows(columns, store);
    if (block != null) {
      placed.add(block, rows, (int) Math.min(count, block.rows() - rows));
    }
    while (placed.rows() < count) {
      int size = nextSize();
      placed.add(size, (int) Math.min(count - placed.rows(), size));
    }
    return placed;
  }

  /** How many rows the block in the making still takes. */
  int room() {
    return block == null ? bounded(nextRows) : block.rows() - rows;
  }

  private FloatBlock next() {
    FloatBlock next = store.allocate(nextSize(), columns);
    block = next;
    return next;
  }

  private int nextSize() {
    int size = bounded(nextRows);
    nextRows = Math.min(BLOCK_ROWS, 2 * nextRows);
    return size;
  }

  private void handOn(FloatBlock complete) {
    block = null;
    rows = 0;
    full.accept(complete);
  }

  /** Hands on what is left. */
  void finish() {
    if (block != null) {
      handOn(block.head(rows));
    }
  }
}
