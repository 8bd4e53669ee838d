package dev.slope.features;

import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;
import dev.slope.data.Dictionary;
import dev.slope.data.FloatBlock;
import dev.slope.data.FloatMatrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Coded rows of a few columns, as a source would give them. */
final class CodedRowsSample {
  private final List<CodedColumn> columns = new ArrayList<>();
  private final List<float[]> cells = new ArrayList<>();
  private final Map<String, Dictionary> dictionaries = new LinkedHashMap<>();

  CodedRowsSample number(String name, float... values) {
    return add(name, CellCoding.OPTIONAL_NUMBER, values);
  }

  CodedRowsSample truth(String name, float... values) {
    return add(name, CellCoding.TRUTH, values);
  }

  CodedRowsSample date(String name, float[] days, float[] seconds) {
    return add(name, CellCoding.DAY, days).add(name, CellCoding.SECOND, seconds);
  }

  /** Null is missing. */
  CodedRowsSample text(String name, @Nullable String... texts) {
    Dictionary dictionary = dictionaries.computeIfAbsent(name, any -> new Dictionary());
    float[] codes = new float[texts.length];
    for (int row = 0; row < texts.length; row++) {
      codes[row] = texts[row] == null ? Float.NaN : dictionary.add(name, texts[row]);
    }
    return add(name, CellCoding.TEXT, codes);
  }

  private CodedRowsSample add(String name, CellCoding coding, float[] values) {
    columns.add(new CodedColumn(name, coding));
    cells.add(values);
    return this;
  }

  CodedRows rows() {
    return rows(Integer.MAX_VALUE);
  }

  /** In blocks of so many rows. */
  CodedRows rows(int blockRows) {
    int rows = cells.get(0).length;
    List<FloatBlock> blocks = new ArrayList<>();
    for (int first = 0; first < rows; first += Math.min(blockRows, rows)) {
      FloatBlock block = new FloatBlock(Math.min(blockRows, rows - first), columns.size());
      for (int row = 0; row < block.rows(); row++) {
        for (int column = 0; column < columns.size(); column++) {
          block.set(row, column, cells.get(column)[first + row]);
        }
      }
      blocks.add(block);
    }
    return new CodedRows(
        columns,
        new FloatMatrix(columns.stream().map(CodedColumn::name).toList(), blocks),
        dictionaries);
  }

  static float[][] values(FloatMatrix matrix) {
    List<float[]> rows = new ArrayList<>();
    for (FloatBlock block : matrix.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        float[] values = new float[block.columns()];
        for (int column = 0; column < values.length; column++) {
          values[column] = (float) block.get(row, column);
        }
        rows.add(values);
      }
    }
    return rows.toArray(float[][]::new);
  }
}
