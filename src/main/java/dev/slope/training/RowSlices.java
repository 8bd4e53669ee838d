package dev.slope.training;

import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks through matrices of the same rows together, whatever blocks each of them has. */
final class RowSlices {
  private RowSlices() {}

  /** Takes the same rows of each matrix. */
  @FunctionalInterface
  interface Consumer {
    /**
     * Takes some rows.
     *
     * @param rows how many
     * @param values of each matrix, row by row; null where the matrix is
     */
    void accept(int rows, List<@Nullable FloatBlock> values);
  }

  /**
   * Walks.
   *
   * @param maxRows the most rows at once
   * @param matrices the first is not null
   */
  static void forEach(long maxRows, List<@Nullable FloatMatrix> matrices, Consumer consumer) {
    List<Cursor> cursors = new ArrayList<>();
    for (FloatMatrix matrix : matrices) {
      cursors.add(new Cursor(matrix));
    }
    while (true) {
      long rows = maxRows;
      for (Cursor cursor : cursors) {
        rows = Math.min(rows, cursor.available());
      }
      if (rows == 0) {
        return;
      }
      List<@Nullable FloatBlock> values = new ArrayList<>();
      for (Cursor cursor : cursors) {
        values.add(cursor.take((int) rows));
      }
      consumer.accept((int) rows, values);
    }
  }

  private static final class Cursor {
    private final @Nullable FloatMatrix matrix;
    private int block;
    private int row;

    Cursor(@Nullable FloatMatrix matrix) {
      this.matrix = matrix;
    }

    /** How many rows are left in the present block; 0 after the last. */
    long available() {
      if (matrix == null) {
        return Long.MAX_VALUE;
      }
      while (block < matrix.blocks().size() && row == matrix.blocks().get(block).rows()) {
        block++;
        row = 0;
      }
      return block == matrix.blocks().size() ? 0 : matrix.blocks().get(block).rows() - row;
    }

    @Nullable FloatBlock take(int rows) {
      if (matrix == null) {
        return null;
      }
      FloatBlock from = matrix.blocks().get(block);
      FloatBlock taken = from.rows(row, rows);
      row += rows;
      return taken;
    }
  }
}
