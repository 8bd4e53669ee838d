package dev.slope.data;

import java.util.List;

/**
 * A table of float32 with named columns, as blocks of rows in native memory.
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
    }
  }

  /** How many rows. */
  public long rows() {
    return blocks.stream().mapToLong(FloatBlock::rows).sum();
  }

  /** How many columns. */
  public int columns() {
    return names.size();
  }
}
