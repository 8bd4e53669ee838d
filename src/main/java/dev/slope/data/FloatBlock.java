package dev.slope.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Rows of float32 in one piece of native memory, row by row: {@code (row, column)} stands at {@code
 * row * columns + column}. The memory is the garbage collector's, as any direct buffer's.
 */
public final class FloatBlock {
  /** The largest number of values in one block: 64 MiB of them. */
  public static final int MAX_VALUES = 1 << 24;

  private final int rows;
  private final int columns;
  private final FloatBuffer values;
  private final boolean inFile;

  /**
   * A block of zeros.
   *
   * @param rows at least 0
   * @param columns at least 0; {@code rows * columns} at most {@link #MAX_VALUES}
   */
  public FloatBlock(int rows, int columns) {
    if (rows < 0 || columns < 0 || (long) rows * columns > MAX_VALUES) {
      throw new IllegalArgumentException(
          "a block must have 0 to " + MAX_VALUES + " values, but was " + rows + " x " + columns);
    }
    this.rows = rows;
    this.columns = columns;
    this.values =
        ByteBuffer.allocateDirect(rows * columns * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    this.inFile = false;
  }

  private FloatBlock(int rows, int columns, FloatBuffer values, boolean inFile) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
    this.inFile = inFile;
  }

  /** A block over a part of a file, of just so many values. */
  static FloatBlock inFile(int rows, int columns, FloatBuffer values) {
    if (values.capacity() != rows * columns) {
      throw new IllegalArgumentException(
          "values must be %d x %d, but were %d".formatted(rows, columns, values.capacity()));
    }
    return new FloatBlock(rows, columns, values, true);
  }

  /** Whether its memory is a file's. */
  public boolean isInFile() {
    return inFile;
  }

  /** A block of the given values, row by row. */
  public static FloatBlock of(int columns, float... values) {
    FloatBlock block = new FloatBlock(values.length / columns, columns);
    block.values.put(0, values);
    return block;
  }

  /** How many rows. */
  public int rows() {
    return rows;
  }

  /** How many values a row. */
  public int columns() {
    return columns;
  }

  /** The value of one cell. */
  public float get(int row, int column) {
    return values.get(row * columns + column);
  }

  /** Sets one cell. */
  public void set(int row, int column, float value) {
    values.put(row * columns + column, value);
  }

  /**
   * All values, row by row, from position 0: a view of the same memory with a position of its own.
   */
  public FloatBuffer values() {
    return values.duplicate().rewind();
  }

  /** Some neighbouring columns, from one to before another, copied. */
  FloatBlock columns(int from, int to, BlockStore store) {
    FloatBlock copy = store.allocate(rows, to - from);
    for (int row = 0; row < rows; row++) {
      copy.values.put(row * copy.columns, values, row * columns + from, copy.columns);
    }
    return copy;
  }

  /**
   * Copies neighbouring values of a row, as many as the other block has columns.
   *
   * @param from the first column
   * @param to takes them as its row {@code toRow}
   */
  public void copyRow(int row, int from, FloatBlock to, int toRow) {
    to.values.put(toRow * to.columns, values, row * columns + from, to.columns);
  }

  /**
   * The columns of this block and of another, copied.
   *
   * @param right as many rows
   */
  public FloatBlock beside(FloatBlock right) {
    if (right.rows != rows) {
      throw new IllegalArgumentException(
          "a block beside this one must have " + rows + " rows, but had " + right.rows);
    }
    FloatBlock joined = new FloatBlock(rows, columns + right.columns);
    for (int row = 0; row < rows; row++) {
      int start = row * joined.columns;
      joined.values.put(start, values, row * columns, columns);
      joined.values.put(start + columns, right.values, row * right.columns, right.columns);
    }
    return joined;
  }

  /** The first rows, as a view of the same memory. */
  public FloatBlock head(int count) {
    return new FloatBlock(count, columns, values.slice(0, count * columns), inFile);
  }
}
