package dev.slope.data;

/** How the cells of a column become numbers; a missing one becomes NaN where it may be missing. */
public enum CellCoding {
  /** The number itself; a missing one is an error that names its row. */
  NUMBER(false),
  /** The number itself, or NaN where it is missing. */
  OPTIONAL_NUMBER(true),
  /** The place of the cell's text in the column's {@link Dictionary}. */
  TEXT(true),
  /** 1 for true and 0 for false. */
  TRUTH(true),
  /** The days from 1970-01-01 to the cell's date, in UTC: an integer. */
  DAY(true),
  /** The seconds since that day began, in UTC: an integer below 86,400; fractions are cut off. */
  SECOND(true);

  private final boolean optional;

  CellCoding(boolean optional) {
    this.optional = optional;
  }

  /** Whether a cell may be missing. */
  public boolean isOptional() {
    return optional;
  }
}
