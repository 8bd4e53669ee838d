package dev.slope.features;

import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import java.util.Arrays;
import java.util.List;

/**
 * A column as a served model takes it: one value a row.
 *
 * @param name as the data name it
 * @param type of its values
 */
public record RawColumn(String name, Type type) {
  /** What a served model is given. */
  public enum Type {
    /** A number; NaN is missing. */
    NUMBER,
    /** A string; the empty one is missing. */
    STRING,
    /** An int64 that names a category; the smallest is missing. */
    INTEGER,
    /** A bool; where it is missing there is no prediction. */
    TRUTH,
    /** An int64: the seconds since 1970-01-01T00:00:00 UTC; the smallest is missing. */
    TIME
  }

  /** What is read of the column where rows are to be predicted. */
  public List<CodedColumn> codings() {
    return switch (type) {
      case NUMBER -> coded(CellCoding.OPTIONAL_NUMBER);
      case STRING, INTEGER -> coded(CellCoding.TEXT);
      case TRUTH -> coded(CellCoding.TRUTH);
      case TIME -> coded(CellCoding.DAY, CellCoding.SECOND);
    };
  }

  private List<CodedColumn> coded(CellCoding... codings) {
    return Arrays.stream(codings).map(coding -> new CodedColumn(name, coding)).toList();
  }
}
