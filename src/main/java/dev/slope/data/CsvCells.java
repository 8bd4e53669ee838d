package dev.slope.data;

import dev.slope.config.Precision;
import java.util.List;
import java.util.stream.IntStream;

/** Which cells of a text file's rows are wanted, and as what. Any thread may ask. */
final class CsvCells {
  private final CsvDialect dialect;
  private final List<CellCoding> codings;
  private final Precision precision;
  private final CellCoder[] coders;
  private final boolean strict;
  private final int[][] codedOf;
  private final int[][] textsOf;
  private final int[] onlyNumber;
  private final int textCount;

  /**
   * The cells of a source.
   *
   * @param columns how many it has
   * @param wanted the columns wanted as numbers
   * @param precision of the numbers
   * @param indices their places in the source
   * @param texts the places of the columns wanted as text
   * @param strict whether a cell that can't be read ends the reading
   */
  CsvCells(
      CsvDialect dialect,
      List<ColumnInfo> columns,
      List<CodedColumn> wanted,
      Precision precision,
      int[] indices,
      int[] texts,
      boolean strict) {
    this.dialect = dialect;
    this.codings = wanted.stream().map(CodedColumn::coding).toList();
    this.precision = precision;
    this.strict = strict;
    this.coders = new Dictionaries(wanted, precision).coders(columns, indices);
    this.textCount = texts.length;
    int count = columns.size();
    this.codedOf = new int[count][];
    this.textsOf = new int[count][];
    this.onlyNumber = new int[count];
    // A number that stands for a missing value must be seen as text.
    boolean numbers = dialect.missing().stream().noneMatch(NumberText::isDecimal);
    for (int column = 0; column < count; column++) {
      codedOf[column] = places(indices, column);
      textsOf[column] = places(texts, column);
      boolean one = codedOf[column].length == 1 && textsOf[column].length == 0;
      onlyNumber[column] = numbers && one && isNumber(codedOf[column][0]) ? codedOf[column][0] : -1;
    }
  }

  private static int[] places(int[] indices, int column) {
    return IntStream.range(0, indices.length).filter(i -> indices[i] == column).toArray();
  }

  private boolean isNumber(int place) {
    return codings.get(place) == CellCoding.NUMBER
        || codings.get(place) == CellCoding.OPTIONAL_NUMBER;
  }

  /** Whether a {@link CsvParser} can tell the delimiter from what a number is made of. */
  boolean isUsual() {
    char delimiter = dialect.delimiter();
    return delimiter < 0x80
        && !Character.isLetterOrDigit(delimiter)
        && "+-.\"\r\n".indexOf(delimiter) < 0;
  }

  byte delimiter() {
    return (byte) dialect.delimiter();
  }

  /** How many columns the source has. */
  int columns() {
    return codedOf.length;
  }

  /** The type of the numbers. */
  Precision precision() {
    return precision;
  }

  /** How many columns are wanted as numbers. */
  int coded() {
    return codings.size();
  }

  /** How many columns are wanted as text. */
  int texts() {
    return textCount;
  }

  /** The place of a column that is wanted as a number and as nothing else, or -1. */
  int onlyNumber(int column) {
    return onlyNumber[column];
  }

  int[] codedOf(int column) {
    return codedOf[column];
  }

  int[] textsOf(int column) {
    return textsOf[column];
  }

  boolean isText(int place) {
    return codings.get(place) == CellCoding.TEXT;
  }

  /** A cell's text; empty where it stands for a missing value. */
  String shown(String text) {
    return dialect.isMissing(text) ? "" : text;
  }

  /** A cell that is not coded as text. */
  double value(int place, String text) {
    return coders[place].ofText(shown(text));
  }

  boolean accepts(int place, double value) {
    return !strict || !coders[place].isProblem(value);
  }
}
