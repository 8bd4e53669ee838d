package dev.slope.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the texts of a text file's rows, for one thread, in the file's order: their numbers don't
 * depend on how many threads parse the rows.
 */
final class CsvTexts {
  /** How many rows' texts are numbered together, while the rows are in a core's first cache. */
  private static final int ROWS_TOGETHER = 256;

  /** A table for each column coded as text; null for another. */
  private final List<@Nullable TextTable> tables = new ArrayList<>();

  private int[] numbers = new int[0];

  CsvTexts(CsvCells cells) {
    for (int place = 0; place < cells.coded(); place++) {
      tables.add(cells.isText(place) ? new TextTable() : null);
    }
  }

  /**
   * Puts the numbers of texts into a chunk's rows.
   *
   * @return for each column the texts that it had not seen before
   */
  List<List<String>> number(CsvChunk chunk) {
    if (numbers.length < chunk.rows) {
      numbers = new int[chunk.rows];
    }
    for (int first = 0; first < chunk.rows; first += ROWS_TOGETHER) {
      int count = Math.min(ROWS_TOGETHER, chunk.rows - first);
      for (int place = 0; place < tables.size(); place++) {
        TextTable table = tables.get(place);
        if (table != null) {
          table.number(
              chunk.bytes, chunk.textStarts[place], chunk.textEnds[place], numbers, first, count);
          chunk.values.setColumn(
              numbers, first, first * tables.size() + place, tables.size(), count);
        }
      }
    }
    List<List<String>> added = new ArrayList<>();
    for (TextTable table : tables) {
      added.add(table == null ? List.of() : table.takeAdded());
    }
    return added;
  }
}
