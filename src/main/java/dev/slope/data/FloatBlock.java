package dev.slope.data;

import dev.slope.config.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Rows of floating-point numbers of one precision in one piece of native memory, row by row: {@code
 * (row, column)} stands at {@code row * columns + column}. The memory is the garbage collector's,
 * as any direct buffer's.
 */
public final class FloatBlock {
  /** The largest number of values in one block: 64 MiB of float32. */
  public static final int MAX_VALUES = 1 << 24;

  /** So many values that are read at a time stay in a core's cache. */
  private static final int READ_VALUES = 1 << 14;

  private final Precision precision;
  private final int rows;
  private final int columns;
  private final ByteBuffer bytes;
  // One of the two, by the precision: the same memory.
  private final @Nullable FloatBuffer singles;
  private final @Nullable DoubleBuffer doubles;
  private final boolean inFile;

  /**
   * A block of zeros.
   *
   * @param precision of its numbers
   * @param rows at least 0
   * @param columns at least 0; {@code rows * columns} at most {@link #MAX_VALUES}
   */
  public FloatBlock(Precision precision, int rows, int columns) {
    this(
        precision,
        rows,
        columns,
        ByteBuffer.allocateDirect(size(rows, columns) * precision.bytes())
            .order(ByteOrder.nativeOrder()),
        false);
  }

  private static int size(int rows, int columns) {
    if (rows < 0 || columns < 0 || (long) rows * columns > MAX_VALUES) {
      throw new IllegalArgumentException(
          "a block must have 0 to " + MAX_VALUES + " values, but was " + rows + " x " + columns);
    }
    return rows * columns;
  }

  /** A block of float32 zeros. */
  public FloatBlock(int rows, int columns) {
    this(Precision.FLOAT32, rows, columns);
  }

  private FloatBlock(Precision precision, int rows, int columns, ByteBuffer bytes, boolean inFile) {
    this.precision = precision;
    this.rows = rows;
    this.columns = columns;
    this.bytes = bytes;
    this.singles = precision == Precision.FLOAT32 ? bytes.asFloatBuffer() : null;
    this.doubles = precision == Precision.FLOAT64 ? bytes.asDoubleBuffer() : null;
    this.inFile = inFile;
  }

  /** A block over a part of a file, of just so many values. */
  static FloatBlock inFile(Precision precision, int rows, int columns, ByteBuffer bytes) {
    if (bytes.capacity() != rows * columns * precision.bytes()) {
      throw new IllegalArgumentException(
          "the part must have %d x %d numbers of %s, but had %d bytes"
              .formatted(rows, columns, precision.key(), bytes.capacity()));
    }
    return new FloatBlock(precision, rows, columns, bytes.order(ByteOrder.nativeOrder()), true);
  }

  /** Whether its memory is a file's. */
  public boolean isInFile() {
    return inFile;
  }

  /** A block of the given values in float32, row by row. */
  public static FloatBlock of(int columns, float... values) {
    FloatBlock block = new FloatBlock(values.length / columns, columns);
    block.values().put(0, values);
    return block;
  }

  /** The type of its numbers. */
  public Precision precision() {
    return precision;
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
  public double get(int row, int column) {
    int index = row * columns + column;
    return singles != null ? singles.get(index) : doubles().get(index);
  }

  /** Sets one cell, which becomes the nearest number of the precision. */
  public void set(int row, int column, double value) {
    int index = row * columns + column;
    if (singles != null) {
      singles.put(index, (float) value);
    } else {
      doubles().put(index, value);
    }
  }

  /**
   * The memory of all values, row by row, from position 0: a view with a position of its own, in
   * the machine's order of bytes.
   */
  public ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.nativeOrder()).rewind();
  }

  /**
   * All values of a block of float32, row by row, from position 0: a view of the same memory with a
   * position of its own.
   */
  public FloatBuffer values() {
    if (singles == null) {
      throw new IllegalStateException("the block must be of float32, but is of float64");
    }
    return singles.duplicate();
  }

  /**
   * Reads neighbouring values.
   *
   * @param first the place of the first, counted row by row
   * @param to takes them from its start; of the same precision
   */
  public void read(int first, FloatArray to, int count) {
    if (singles != null) {
      singles.get(first, to.singles(), 0, count);
    } else {
      doubles().get(first, to.doubles(), 0, count);
    }
  }

  /**
   * Writes neighbouring values.
   *
   * @param first the place of the first, counted row by row
   * @param from has them from a place on; of the same precision
   */
  public void write(int first, FloatArray from, int offset, int count) {
    if (singles != null) {
      singles.put(first, from.singles(), offset, count);
    } else {
      doubles().put(first, from.doubles(), offset, count);
    }
  }

  /** Takes the values of a column. */
  @FunctionalInterface
  public interface CellVisitor {
    /** Takes one. */
    void accept(int row, double value);
  }

  /**
   * Hands the values of a column on, in order. Rows are read many at a time: one by one is slow.
   */
  public void forEach(int column, CellVisitor visitor) {
    int most = Math.max(1, Math.min(rows, READ_VALUES / Math.max(1, columns)));
    FloatArray cells = new FloatArray(precision, most * columns);
    for (int first = 0; first < rows; first += most) {
      int count = Math.min(most, rows - first);
      read(first * columns, cells, count * columns);
      for (int row = 0, cell = column; row < count; row++, cell += columns) {
        visitor.accept(first + row, cells.get(cell));
      }
    }
  }

  private DoubleBuffer doubles() {
    if (doubles == null) {
      throw new IllegalStateException("the block must be of float64, but is of float32");
    }
    return doubles;
  }

  /**
   * Some rows, copied.
   *
   * @param wanted their places, in the order that they get
   */
  FloatBlock picked(int[] wanted, BlockStore store) {
    FloatBlock copy = store.allocate(precision, wanted.length, columns);
    for (int i = 0; i < wanted.length; i++) {
      copyRow(wanted[i], 0, copy, i);
    }
    return copy;
  }

  /** Some neighbouring columns, from one to before another, copied. */
  FloatBlock columns(int from, int to, BlockStore store) {
    FloatBlock copy = store.allocate(precision, rows, to - from);
    for (int row = 0; row < rows; row++) {
      copyRow(row, from, copy, row);
    }
    return copy;
  }

  /**
   * Copies neighbouring values of a row, as many as the other block has columns.
   *
   * @param from the first column
   * @param to takes them as its row {@code toRow}; of the same precision
   */
  public void copyRow(int row, int from, FloatBlock to, int toRow) {
    copy(row * columns + from, to, toRow * to.columns, to.columns);
  }

  /**
   * Copies neighbouring values.
   *
   * @param first the place of the first, counted row by row
   * @param to takes them from its place {@code toFirst}; of the same precision
   */
  public void copy(int first, FloatBlock to, int toFirst, int count) {
    if (to.precision != precision) {
      throw new IllegalArgumentException(
          "values must be copied to %s, but to was of %s"
              .formatted(precision.key(), to.precision.key()));
    }
    int width = precision.bytes();
    to.bytes.put(toFirst * width, bytes, first * width, count * width);
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
    FloatBlock joined = new FloatBlock(precision, rows, columns + right.columns);
    for (int row = 0; row < rows; row++) {
      int start = row * joined.columns;
      copy(row * columns, joined, start, columns);
      right.copy(row * right.columns, joined, start + columns, right.columns);
    }
    return joined;
  }

  /**
   * A block of as many rows in the memory of this one, whose values it overwrites as it is filled.
   *
   * @param fewer columns; at most as many as here
   */
  public FloatBlock narrowed(int fewer) {
    int length = size(rows, fewer) * precision.bytes();
    return new FloatBlock(
        precision, rows, fewer, bytes.slice(0, length).order(ByteOrder.nativeOrder()), inFile);
  }

  /** The first rows, as a view of the same memory. */
  public FloatBlock head(int count) {
    return rows(0, count);
  }

  /** Neighbouring rows, as a view of the same memory. */
  public FloatBlock rows(int first, int count) {
    int bytesPerRow = columns * precision.bytes();
    return new FloatBlock(
        precision,
        count,
        columns,
        bytes.slice(first * bytesPerRow, count * bytesPerRow).order(ByteOrder.nativeOrder()),
        inFile);
  }
}
