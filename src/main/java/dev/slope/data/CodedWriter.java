package dev.slope.data;

import dev.slope.config.Precision;
import java.util.List;
import java.util.function.Consumer;

/** Collects rows of coded cells, and the texts that their codes stand for. */
final class CodedWriter {
  private final List<CodedColumn> columns;
  private final Dictionaries dictionaries;
  private final MatrixWriter writer;

  /**
   * A writer of rows.
   *
   * @param store keeps them
   */
  CodedWriter(List<CodedColumn> columns, BlockStore store) {
    this.columns = List.copyOf(columns);
    this.dictionaries = new Dictionaries(columns, store.precision());
    this.writer = new MatrixWriter(columns.stream().map(CodedColumn::name).toList(), store);
  }

  List<CodedColumn> columns() {
    return columns;
  }

  /** The type of the rows' numbers. */
  Precision precision() {
    return store().precision();
  }

  /** Keeps the rows. */
  BlockStore store() {
    return writer.store();
  }

  /**
   * A coder for each column, into the dictionaries of these rows.
   *
   * @param source of the cells
   * @param indices of the columns in it
   */
  CellCoder[] coders(DataSource source, int[] indices) {
    return dictionaries.coders(source.columns(), indices);
  }

  /** Appends one row, which is copied. */
  void add(FloatArray row) {
    writer.add(row);
  }

  /** Appends rows that follow each other in an array. */
  void addAll(FloatArray values, int rows) {
    writer.addAll(values, rows);
  }

  /**
   * Appends rows that are written in any order.
   *
   * @param writing writes every one of them before it returns
   */
  void addPlaced(long count, Consumer<PlacedRows> writing) {
    writer.addPlaced(count, writing);
  }

  /** How many rows there are. */
  long rows() {
    return writer.rows();
  }

  /** All rows; nothing may be added afterwards. */
  CodedRows finish() {
    return new CodedRows(columns, writer.finish(), dictionaries.byName());
  }
}
