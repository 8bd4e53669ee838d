package dev.slope.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Some lines of a text file, and the rows that a parser made of them. */
final class CsvChunk {
  private static final int FIRST_ROWS = 1;

  /** The lines; behind them is room for a line feed. */
  byte[] bytes;

  /** Where the lines begin and end. */
  int start;

  int end;

  /** Whether the first line that is not empty names the columns. */
  boolean header;

  /** Row by row; a column coded as text is filled by {@link CsvTexts}. */
  FloatArray values;

  /** Of each column coded as text, where the text of each row begins and ends; else empty. */
  final int[][] textStarts;

  final int[][] textEnds;

  /** Whole texts, an array a row. */
  final List<String[]> texts = new ArrayList<>();

  int rows;

  /** Whether all lines are in the rows; if not, the next line is for {@link CsvRows} to read. */
  boolean complete;

  /**
   * A chunk without rows.
   *
   * @param size of its lines in bytes; it grows with longer ones
   */
  CsvChunk(int size, CsvCells cells) {
    this.bytes = new byte[size + 1];
    this.values = new FloatArray(cells.precision(), 0);
    this.textStarts = new int[cells.coded()][];
    this.textEnds = new int[cells.coded()][];
    for (int place = 0; place < cells.coded(); place++) {
      textStarts[place] = new int[cells.isText(place) ? FIRST_ROWS : 0];
      textEnds[place] = new int[textStarts[place].length];
    }
  }

  /** Makes room for another row. */
  void reserve() {
    int columns = textStarts.length;
    int needed = (rows + 1) * columns;
    if (needed > values.length()) {
      values = values.grown(Math.max(needed, 2 * values.length()));
      for (int place = 0; place < columns; place++) {
        if (textStarts[place].length > 0) {
          textStarts[place] = Arrays.copyOf(textStarts[place], values.length() / columns);
          textEnds[place] = Arrays.copyOf(textEnds[place], textStarts[place].length);
        }
      }
    }
  }
}
