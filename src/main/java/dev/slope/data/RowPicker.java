package dev.slope.data;

import java.nio.ByteBuffer;
import java.util.List;

/** Copies rows of a matrix in any order. */
public final class RowPicker {
  /** So many rows share an entry of the table: those of the smallest block that a reader makes. */
  private static final int ENTRY_BITS = 10;

  private final int rowBytes;
  private final ByteBuffer[] blocks;

  /** The first row of each block, and one past the last. */
  private final long[] firstRows;

  /** The block of each entry's first row: quicker than a search, whose steps nobody foretells. */
  private final int[] blockOfEntry;

  /** A picker of a matrix's rows. */
  public RowPicker(FloatMatrix matrix) {
    List<FloatBlock> all = matrix.blocks();
    this.rowBytes = matrix.columns() * matrix.precision().bytes();
    this.blocks = new ByteBuffer[all.size()];
    this.firstRows = new long[all.size() + 1];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = all.get(i).bytes();
      firstRows[i + 1] = firstRows[i] + all.get(i).rows();
    }
    long last = firstRows[blocks.length] - 1;
    this.blockOfEntry = new int[Math.toIntExact((last >> ENTRY_BITS) + 1)];
    int block = 0;
    for (int entry = 0; entry < blockOfEntry.length; entry++) {
      while ((long) entry << ENTRY_BITS >= firstRows[block + 1]) {
        block++;
      }
      blockOfEntry[entry] = block;
    }
  }

  /**
   * Copies some rows.
   *
   * @param rows has their numbers, from 0, from its start
   * @param to takes them from its start, whatever its position
   */
  public void copy(long[] rows, int count, ByteBuffer to) {
    for (int i = 0; i < count; i++) {
      long row = rows[i];
      int block = blockOfEntry[(int) (row >> ENTRY_BITS)];
      while (row >= firstRows[block + 1]) {
        block++;
      }
      int first = (int) (row - firstRows[block]) * rowBytes;
      to.put(i * rowBytes, blocks[block], first, rowBytes);
    }
  }
}
