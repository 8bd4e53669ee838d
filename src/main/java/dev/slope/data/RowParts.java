package dev.slope.data;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Which part each row of a source is in: one at most. Rows keep their order inside a part. */
public final class RowParts {
  private static final RowPart[] BY_CODE = RowPart.values();

  /** The code of a row that is left out. */
  private static final byte NONE = (byte) BY_CODE.length;

  private final byte[] parts;
  private final long[] counts = new long[BY_CODE.length + 1];

  private RowParts(byte[] parts) {
    this.parts = parts;
    for (byte part : parts) {
      counts[part]++;
    }
  }

  /** Decides for one row after the other. */
  @FunctionalInterface
  interface Assignment {
    /** The part of a row; asked once for each, in order from 0. */
    RowPart of(int row);
  }

  /** Asks for the part of each row. */
  static RowParts of(long rows, Assignment assignment) {
    byte[] parts = new byte[Math.toIntExact(rows)];
    for (int row = 0; row < parts.length; row++) {
      parts[row] = (byte) assignment.of(row).code();
    }
    return new RowParts(parts);
  }

  /** All rows train. */
  public static RowParts training(long rows) {
    byte[] parts = new byte[Math.toIntExact(rows)];
    Arrays.fill(parts, (byte) RowPart.TRAIN.code());
    return new RowParts(parts);
  }

  /** How many rows there are in all parts. */
  public long rows() {
    return parts.length;
  }

  /** How many rows a part has. */
  public long rows(RowPart part) {
    return counts[part.code()];
  }

  /** The same without some rows, which are in no part any more. */
  public RowParts without(IntPredicate leftOut) {
    byte[] kept = parts.clone();
    for (int row = 0; row < kept.length; row++) {
      if (leftOut.test(row)) {
        kept[row] = NONE;
      }
    }
    return new RowParts(kept);
  }

  /** Whether some rows don't train. */
  public boolean isSplit() {
    return rows(RowPart.TRAIN) < rows();
  }

  /** The part of a row that is not left out. */
  public RowPart of(int row) {
    return BY_CODE[parts[row]];
  }

  /** Whether a row is in a part. */
  boolean is(int row, RowPart part) {
    return parts[row] == part.code();
  }

  /**
   * The rows of a part. Each block of the matrix gives one block, so that the same part of several
   * matrices of the same blocks has the same blocks again.
   *
   * @param matrix of all rows
   * @param store keeps the rows
   * @return copied row by row in native memory, or the matrix itself where all of it is wanted
   */
  public FloatMatrix select(FloatMatrix matrix, RowPart part, BlockStore store) {
    if (matrix.rows() != parts.length) {
      throw new IllegalArgumentException(
          "matrix must have %d rows, but has %d".formatted(parts.length, matrix.rows()));
    }
    return rows(part) == parts.length
        ? matrix
        : matrix.select(row -> parts[row] == part.code(), store);
  }
}
