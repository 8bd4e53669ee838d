package dev.slope.data;

/**
 * A column of a source, before its rows are read.
 *
 * @param name as the source spells it
 * @param kind what its values are
 */
public record ColumnInfo(String name, Kind kind) {
  /** What a column's values are. */
  public enum Kind {
    /** Integers or decimals. */
    NUMERIC,
    /** Strings. */
    TEXT,
    /** True or false. */
    BOOLEAN,
    /** Dates and times. */
    TEMPORAL,
    /** Anything else: lists, structures, binary. */
    OTHER
  }
}
