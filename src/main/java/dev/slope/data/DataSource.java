package dev.slope.data;

import java.util.List;

/**
 * A source opened for reading: its columns are known, its rows are read on demand, each time from
 * the start.
 */
public interface DataSource extends AutoCloseable {

  /**
   * What it is called in messages: a path as the user wrote it, {@code inline data}, an equation.
   */
  String description();

  /** Its columns, in order. */
  List<ColumnInfo> columns();

  /** Reads columns of numbers that must be there, {@link CellCoding#NUMBER}, into memory. */
  default FloatMatrix readNumbers(List<String> columns) {
    return readNumbers(columns, BlockStore.inMemory());
  }

  /** Reads columns of numbers that must be there: {@link CellCoding#NUMBER}. */
  default FloatMatrix readNumbers(List<String> columns, BlockStore store) {
    return read(CodedColumn.numbers(columns), store).values();
  }

  /**
   * Reads every row of some columns as numbers, in the store's precision.
   *
   * @param columns of this source, in the order they are wanted; one may be wanted in several
   *     codings
   * @param store keeps the rows
   * @return as many columns as asked for, in that order
   * @throws DataException where a cell can't be read in its coding, naming it, or there is no row
   */
  CodedRows read(List<CodedColumn> columns, BlockStore store);

  /**
   * Reads rows in batches, for prediction: a missing cell is NaN whatever its coding, and one that
   * can't be read in its coding is positive infinity.
   *
   * @param coded the columns wanted as numbers, of float32, in which models are served
   * @param text the columns wanted as the source's own text; a missing value is an empty string
   * @param consumer is given each batch in order
   * @throws DataException where the source itself can't be read
   */
  void scan(List<CodedColumn> coded, List<String> text, BatchConsumer consumer);

  /** Which data it is; of a query's answer, which data the last reading gave. */
  Fingerprint fingerprint();

  /**
   * Begins, where it is of files, what {@link #fingerprint} takes long for; to be called before the
   * rows are read, beside which it goes on.
   */
  default void hashAhead() {
    // What isn't a file is hashed as it was read.
  }

  @Override
  void close();

  /**
   * Some rows.
   *
   * @param rows the columns asked for, with dictionaries of these rows alone
   * @param text the text columns asked for: an array a row
   */
  record Batch(CodedRows rows, List<String[]> text) {
    /** The only block of the rows. */
    public FloatBlock block() {
      return rows.values().blocks().get(0);
    }
  }

  /** Takes batches of rows. */
  @FunctionalInterface
  interface BatchConsumer {
    /** Takes the next rows; they are the consumer's to keep. */
    void accept(Batch batch);
  }
}
