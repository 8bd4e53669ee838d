package dev.slope.data;

import dev.slope.config.Precision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dictionaries in the making of the columns coded as text. */
final class Dictionaries {
  private final List<CodedColumn> columns;
  private final Precision precision;
  private final Map<String, Dictionary> byName = new HashMap<>();

  /**
   * None yet.
   *
   * @param precision of the rows whose texts they have
   */
  Dictionaries(List<CodedColumn> columns, Precision precision) {
    this.columns = columns;
    this.precision = precision;
    for (CodedColumn column : columns) {
      if (column.coding() == CellCoding.TEXT) {
        byName.put(column.name(), new Dictionary());
      }
    }
  }

  Map<String, Dictionary> byName() {
    return byName;
  }

  /**
   * A coder for each column, into these dictionaries.
   *
   * @param source the columns of the source
   * @param indices of the columns in it
   */
  CellCoder[] coders(List<ColumnInfo> source, int[] indices) {
    CellCoder[] coders = new CellCoder[indices.length];
    for (int i = 0; i < coders.length; i++) {
      CodedColumn column = columns.get(i);
      coders[i] =
          new CellCoder(column, source.get(indices[i]).kind(), precision, dictionary(column));
    }
    return coders;
  }

  private @Nullable Dictionary dictionary(CodedColumn column) {
    return column.coding() == CellCoding.TEXT ? byName.get(column.name()) : null;
  }
}
