package dev.slope.features;

import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.CodedRows;

/** Finds columns of coded rows, which whoever reads them has asked for. */
final class CodedIndex {
  private CodedIndex() {}

  static int of(CodedRows rows, String name, CellCoding coding) {
    int index = rows.index(new CodedColumn(name, coding));
    if (index < 0) {
      throw new IllegalArgumentException(
          "rows must have column '%s' as %s, but have %s".formatted(name, coding, rows.columns()));
    }
    return index;
  }

  /** A number, which may be missing or not. */
  static int ofNumber(CodedRows rows, String name) {
    int mandatory = rows.index(new CodedColumn(name, CellCoding.NUMBER));
    return mandatory >= 0 ? mandatory : of(rows, name, CellCoding.OPTIONAL_NUMBER);
  }
}
