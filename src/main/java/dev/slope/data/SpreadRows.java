package dev.slope.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Some rows, evenly spread over all: row {@code i} of them is row {@code floor(i * all / count)}.
 *
 * @param all how many there are
 * @param count how many are taken, from 1 to {@code all}
 */
public record SpreadRows(long all, long count) {
  public SpreadRows {
    if (count < 1 || count > all) {
      throw new IllegalArgumentException(
          "count must be from 1 to %d, but was %d".formatted(all, count));
    }
  }

  /** Whether it is all of them. */
  public boolean isAll() {
    return count == all;
  }

  /**
   * Takes them of a matrix. The same rows of several matrices of the same blocks have the same
   * blocks again.
   *
   * @param store keeps the copies
   * @return the matrix itself where it is all of them
   */
  public FloatMatrix of(FloatMatrix matrix, BlockStore store) {
    requireAll(matrix);
    return isAll() ? matrix : first(count, matrix, store);
  }

  /**
   * Takes the first of them.
   *
   * @param most how many
   * @return copied into memory, or a view of the matrix where they are its own first rows
   */
  public FloatMatrix head(FloatMatrix matrix, long most) {
    requireAll(matrix);
    return isAll()
        ? matrix.head(most)
        : first(Math.min(most, count), matrix, BlockStore.inMemory());
  }

  private void requireAll(FloatMatrix matrix) {
    if (matrix.rows() != all) {
      throw new IllegalArgumentException(
          "matrix must have %d rows, but has %d".formatted(all, matrix.rows()));
    }
  }

  private FloatMatrix first(long most, FloatMatrix matrix, BlockStore store) {
    List<FloatBlock> spread = new ArrayList<>();
    long first = 0;
    for (FloatBlock block : matrix.blocks()) {
      long before = first;
      int[] rows =
          LongStream.range(taken(first), Math.min(most, taken(first + block.rows())))
              .mapToInt(index -> (int) (row(index) - before))
              .toArray();
      if (rows.length > 0) {
        spread.add(block.picked(rows, store));
      }
      first += block.rows();
    }
    return new FloatMatrix(matrix.names(), spread);
  }

  private long row(long index) {
    return Math.floorDiv(Math.multiplyExact(index, all), count);
  }

  /** How many of them come before a row. */
  private long taken(long row) {
    return -Math.floorDiv(Math.multiplyExact(-row, count), all);
  }
}
