package dev.slope.data;

import dev.slope.config.Precision;
import java.util.ArrayList;
import java.util.List;

/** Some lines of a text file, and the rows that a parser made of them. */
final class CsvChunk {
  /** The lines; behind them is room for a line feed. */
  byte[] bytes;

  /** Where the lines begin and end. */
  int start;

  int end;

  /** Whether the first line that is not empty names the columns. */
  boolean header;

  /** Row by row; a text is its number in the parser's table. */
  FloatArray values;

  /** Whole texts, an array a row. */
  final List<String[]> texts = new ArrayList<>();

  /** For each column the texts that the parser had not seen before. */
  List<List<String>> added = List.of();

  int rows;

  /** Whether all lines are in the rows; if not, the next line is for {@link CsvRows} to read. */
  boolean complete;

  CsvChunk(int size, Precision precision) {
    this.bytes = new byte[size + 1];
    this.values = new FloatArray(precision, 0);
  }

  /** Makes room for another row. */
  void reserve(int columns) {
    int needed = (rows + 1) * columns;
    if (needed > values.length()) {
      values = values.grown(Math.max(needed, 2 * values.length()));
    }
  }
}
