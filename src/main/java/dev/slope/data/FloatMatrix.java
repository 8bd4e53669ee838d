package dev.slope.data;

import dev.slope.config.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of floating-point numbers with named columns, as blocks of rows in native memory.
 *
 * @param names the columns
 * @param blocks the rows, in order; each block has as many columns as there are names
 */
public record FloatMatrix(List<String> names, List<FloatBlock> blocks) {
  public FloatMatrix {
    names = List.copyOf(names);
    blocks = List.copyOf(blocks);
    for (FloatBlock block : blocks) {
      if (block.columns() != names.size()) {
        throw new IllegalArgumentException(
            "a block must have " + names.size() + " columns, but has " + block.columns());
      }
      if (block.precision() != blocks.get(0).precision()) {
        throw new IllegalArgumentException("blocks must be of one precision, but are of both");
      }
    }
  }

  /** The type of its numbers, which all blocks have. */
  public Precision precision() {
    return blocks.isEmpty() ? Precision.FLOAT32 : blocks.get(0).precision();
  }

  /** How many rows. */
  public long rows() {
    return blocks.stream().mapToLong(FloatBlock::rows).sum();
  }

  /**
   * Some neighbouring columns, copied row by row.
   *
   * @param from the first column
   * @param to one past the last
   */
  public FloatMatrix columns(int from, int to) {
    return columns(from, to, BlockStore.inMemory());
  }

  /**
   * Some neighbouring columns, copied row by row; all of them are this matrix.
   *
   * @param from the first column
   * @param to one past the last
   * @param store keeps the copy
   */
  public FloatMatrix columns(int from, int to, BlockStore store) {
    if (from == 0 && to == names.size()) {
      return this;
    }
    return new FloatMatrix(
        names.subList(from, to),
        blocks.stream().map(block -> block.columns(from, to, store)).toList());
  }

  /** The first rows, as views of the same memory. */
  public FloatMatrix head(long count) {
    List<FloatBlock> heads = new ArrayList<>();
    long left = count;
    for (FloatBlock block : blocks) {
      if (left > 0) {
        int taken = (int) Math.min(left, block.rows());
        heads.add(block.head(taken));
        left -= taken;
      }
    }
    return new FloatMatrix(names, heads);
  }

  /** Whether any of it is in a file, because it doesn't fit into memory. */
  public boolean isInFile() {
    return blocks.stream().anyMatch(FloatBlock::isInFile);
  }

  /** How many columns. */
  public int columns() {
    return names.size();
  }
}
