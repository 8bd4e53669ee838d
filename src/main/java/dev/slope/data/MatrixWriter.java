package dev.slope.data;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Collects rows into a matrix. */
final class MatrixWriter {
  private final List<String> names;
  private final List<FloatBlock> blocks = new ArrayList<>();
  private final BlockWriter writer;

  MatrixWriter(List<String> names, BlockStore store) {
    this.names = List.copyOf(names);
    this.writer = new BlockWriter(names.size(), store, blocks::add);
  }

  /** Appends one row, which is copied. */
  void add(float[] row) {
    writer.add(row);
  }

  /** Appends the rows of a matrix of as many columns, which are copied. */
  void addAll(FloatMatrix matrix) {
    float[] row = new float[matrix.columns()];
    for (FloatBlock block : matrix.blocks()) {
      FloatBuffer values = block.values();
      for (int i = 0; i < block.rows(); i++) {
        values.get(row);
        writer.add(row);
      }
    }
  }

  /** All rows; nothing may be added afterwards. */
  FloatMatrix finish() {
    writer.finish();
    return new FloatMatrix(names, blocks);
  }
}
