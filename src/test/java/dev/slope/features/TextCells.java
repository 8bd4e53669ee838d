package dev.slope.features;

import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.Dictionary;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Coded rows as tests write them: a text for each cell. */
interface TextCells {
  /** The text of a cell, a number but in columns of texts; empty where it is missing. */
  String text(String column, int row);

  /** Some rows, coded as the columns say. */
  static CodedRows rows(List<CodedColumn> columns, int count, TextCells cells) {
    FloatBlock block = new FloatBlock(count, columns.size());
    Map<String, Dictionary> dictionaries = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      CodedColumn column = columns.get(i);
      Dictionary dictionary = new Dictionary();
      if (column.coding() == CellCoding.TEXT) {
        dictionaries.put(column.name(), dictionary);
      }
      for (int row = 0; row < count; row++) {
        String text = cells.text(column.name(), row);
        block.set(row, i, text.isEmpty() ? Float.NaN : value(column, text, dictionary));
      }
    }
    return new CodedRows(
        columns,
        new FloatMatrix(columns.stream().map(CodedColumn::name).toList(), List.of(block)),
        dictionaries);
  }

  private static float value(CodedColumn column, String text, Dictionary dictionary) {
    return column.coding() == CellCoding.TEXT
        ? dictionary.add(column.name(), text)
        : Float.parseFloat(text);
  }
}
