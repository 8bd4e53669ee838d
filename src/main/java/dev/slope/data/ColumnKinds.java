package dev.slope.data;

import org.jspecify.annotations.Nullable;

/** Finds of what kind a column is from its values. */
final class ColumnKinds {
  private ColumnInfo.@Nullable Kind kind;

  /** Adds a value written as text; an empty one is missing and says nothing. */
  void addText(String text) {
    // What is text already stays so, whatever follows.
    if (!text.isEmpty() && kind != ColumnInfo.Kind.TEXT) {
      add(kindOf(text));
    }
  }

  /** Adds a value's kind; two that differ make text. */
  void add(ColumnInfo.Kind found) {
    kind = kind == null || kind == found ? found : ColumnInfo.Kind.TEXT;
  }

  private static ColumnInfo.Kind kindOf(String text) {
    if (NumberText.isDecimal(text) || NumberText.isNotFinite(text)) {
      return ColumnInfo.Kind.NUMERIC;
    }
    if (NumberText.isBoolean(text)) {
      return ColumnInfo.Kind.BOOLEAN;
    }
    return NumberText.isTemporal(text) ? ColumnInfo.Kind.TEMPORAL : ColumnInfo.Kind.TEXT;
  }

  /** The kind of all; text where there was no value. */
  ColumnInfo.Kind kind() {
    return kind == null ? ColumnInfo.Kind.TEXT : kind;
  }
}
