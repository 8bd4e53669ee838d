package dev.slope.data;

import java.util.List;

/**
 * A column of a source as one column of numbers. The same source column may be asked for in several
 * codings.
 *
 * @param name of the source's column
 * @param coding of its cells
 */
public record CodedColumn(String name, CellCoding coding) {

  /** Numbers that must be there. */
  public static List<CodedColumn> numbers(List<String> names) {
    return names.stream().map(name -> new CodedColumn(name, CellCoding.NUMBER)).toList();
  }
}
