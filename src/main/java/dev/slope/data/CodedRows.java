package dev.slope.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Rows of a source, each cell as a number.
 *
 * @param columns how each column is coded
 * @param values one column each, named as the source names it
 * @param dictionaries of the columns coded as text, by their names
 */
public record CodedRows(
    List<CodedColumn> columns, FloatMatrix values, Map<String, Dictionary> dictionaries) {
  public CodedRows {
    columns = List.copyOf(columns);
    dictionaries = Collections.unmodifiableMap(new HashMap<>(dictionaries));
    if (!columns.stream().map(CodedColumn::name).toList().equals(values.names())) {
      throw new IllegalArgumentException(
          "values must have the columns %s, but have %s".formatted(columns, values.names()));
    }
    for (CodedColumn column : columns) {
      if (column.coding() == CellCoding.TEXT && !dictionaries.containsKey(column.name())) {
        throw new IllegalArgumentException("column '" + column.name() + "' has no dictionary");
      }
    }
  }

  /** Rows of numbers alone. */
  public static CodedRows ofNumbers(FloatMatrix values) {
    return new CodedRows(CodedColumn.numbers(values.names()), values, Map.of());
  }

  /** The same columns of other rows of the same source. */
  public CodedRows with(FloatMatrix others) {
    return new CodedRows(columns, others, dictionaries);
  }

  /** How many rows. */
  public long rows() {
    return values.rows();
  }

  /** The place of a column in a coding, or -1. */
  public int index(CodedColumn column) {
    return columns.indexOf(column);
  }

  /** The dictionary of a column coded as text. */
  public Dictionary dictionary(String column) {
    Dictionary dictionary = dictionaries.get(column);
    if (dictionary == null) {
      throw new IllegalArgumentException("column '" + column + "' has no dictionary");
    }
    return dictionary;
  }

  /** The columns that were asked for, each once, in order. */
  public static List<CodedColumn> distinct(List<CodedColumn> columns) {
    return new ArrayList<>(new LinkedHashSet<>(columns));
  }
}
