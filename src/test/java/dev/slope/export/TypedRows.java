package dev.slope.export;

import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.Dictionary;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of columns of every kind, as a source codes them; an empty text is a missing cell. */
final class TypedRows {
  private final List<CodedColumn> columns = new ArrayList<>();
  private final List<float[]> cells = new ArrayList<>();
  private final Map<String, Dictionary> dictionaries = new HashMap<>();

  TypedRows number(String name, float... values) {
    return add(name, CellCoding.OPTIONAL_NUMBER, values);
  }

  TypedRows text(String name, String... values) {
    Dictionary dictionary = new Dictionary();
    float[] codes = new float[values.length];
    for (int row = 0; row < codes.length; row++) {
      codes[row] = values[row].isEmpty() ? Float.NaN : dictionary.add(name, values[row]);
    }
    dictionaries.put(name, dictionary);
    return add(name, CellCoding.TEXT, codes);
  }

  /** 1, 0, or NaN where it is missing. */
  TypedRows truth(String name, float... values) {
    return add(name, CellCoding.TRUTH, values);
  }

  /** Seconds since 1970-01-01, the smallest where it is missing. */
  TypedRows time(String name, long... seconds) {
    float[] day = new float[seconds.length];
    float[] second = new float[seconds.length];
    for (int row = 0; row < day.length; row++) {
      boolean missing = seconds[row] == Long.MIN_VALUE;
      day[row] = missing ? Float.NaN : Math.floorDiv(seconds[row], 86_400);
      second[row] = missing ? Float.NaN : Math.floorMod(seconds[row], 86_400);
    }
    return add(name, CellCoding.DAY, day).add(name, CellCoding.SECOND, second);
  }

  private TypedRows add(String name, CellCoding coding, float[] values) {
    columns.add(new CodedColumn(name, coding));
    cells.add(values);
    return this;
  }

  CodedRows rows() {
    int count = cells.get(0).length;
    FloatBlock block = new FloatBlock(count, columns.size());
    for (int column = 0; column < columns.size(); column++) {
      for (int row = 0; row < count; row++) {
        block.set(row, column, cells.get(column)[row]);
      }
    }
    return new CodedRows(
        columns,
        new FloatMatrix(columns.stream().map(CodedColumn::name).toList(), List.of(block)),
        dictionaries);
  }
}
