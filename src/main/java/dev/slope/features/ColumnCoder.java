package dev.slope.features;

import dev.slope.data.FloatArray;

/** Codes one feature of some rows. */
@FunctionalInterface
interface ColumnCoder {
  /**
   * Codes the next rows.
   *
   * @param cells row by row
   * @param width the cells of a row
   * @param rows how many
   * @param coded takes the codes, row by row
   * @param codedWidth the codes of a row
   */
  void code(FloatArray cells, int width, int rows, FloatArray coded, int codedWidth);

  /** The cells of a column as they are. */
  record Copy(int from, int to) implements ColumnCoder {
    @Override
    public void code(FloatArray cells, int width, int rows, FloatArray coded, int codedWidth) {
      cells.copyColumn(from, width, coded, to, codedWidth, rows);
    }
  }

  /**
   * What a table has for each text of a dictionary.
   *
   * @param table by the dictionary's codes
   * @param missing where there is no text
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Lookup(int from, int to, float[] table, float missing) implements ColumnCoder {
    @Override
    public void code(FloatArray cells, int width, int rows, FloatArray coded, int codedWidth) {
      cells.lookUpColumn(from, width, table, missing, coded, to, codedWidth, rows);
    }
  }
}
