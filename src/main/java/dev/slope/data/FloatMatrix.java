package dev.slope.data;

import dev.slope.config.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

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

  /** The same in memory of its own. */
  public FloatMatrix copy() {
    List<FloatBlock> copies = new ArrayList<>();
    for (FloatBlock block : blocks) {
      FloatBlock copy = new FloatBlock(block.precision(), block.rows(), block.columns());
      block.copy(0, copy, 0, block.rows() * block.columns());
      copies.add(copy);
    }
    return new FloatMatrix(names, copies);
  }

  /**
   * Some rows. Each block gives one block, but one without such rows none, so that the same rows of
   * several matrices of the same blocks have the same blocks again.
   *
   * @param wanted whether a row, counted from 0, is one
   * @param store keeps the rows
   * @return copied row by row; a block of which all is wanted stays itself, as does the matrix
   */
  public FloatMatrix select(IntPredicate wanted, BlockStore store) {
    List<FloatBlock> selected = new ArrayList<>();
    int first = 0;
    int left = 0;
    for (FloatBlock block : blocks) {
      int before = first;
      int[] rows =
          IntStream.range(0, block.rows()).filter(row -> wanted.test(before + row)).toArray();
      if (rows.length == block.rows()) {
        selected.add(block);
      } else if (rows.length > 0) {
        selected.add(block.picked(rows, store));
      }
      first += block.rows();
      left += block.rows() - rows.length;
    }
    return left == 0 ? this : new FloatMatrix(names, selected);
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
