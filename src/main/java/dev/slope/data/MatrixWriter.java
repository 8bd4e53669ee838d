package dev.slope.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects rows into a matrix. */
final class MatrixWriter {
  private final List<String> names;
  private final List<FloatBlock> blocks = new ArrayList<>();
  private final BlockStore store;
  private final BlockWriter writer;
  private long rows;

  MatrixWriter(List<String> names, BlockStore store) {
    this.names = List.copyOf(names);
    this.store = store;
    this.writer = new BlockWriter(names.size(), store, blocks::add);
  }

  /** Appends one row, which is copied. */
  void add(FloatArray row) {
    writer.add(row);
    rows++;
  }

  /** Appends rows that follow each other in an array. */
  void addAll(FloatArray values, int count) {
    writer.addAll(values, count);
    rows += count;
  }

  /**
   * Appends rows that are written in any order.
   *
   * @param writing writes every one of them before it returns
   */
  void addPlaced(long count, Consumer<PlacedRows> writing) {
    writer.addPlaced(count, writing);
    rows += count;
  }

  long rows() {
    return rows;
  }

  /** Keeps the blocks. */
  BlockStore store() {
    return store;
  }

  /** All rows; nothing may be added afterwards. */
  FloatMatrix finish() {
    writer.finish();
    return new FloatMatrix(names, blocks);
  }
}
