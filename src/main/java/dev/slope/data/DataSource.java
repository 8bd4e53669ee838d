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

  /** {@link #read(List, BlockStore)} into memory. */
  default FloatMatrix read(List<String> columns) {
    return read(columns, BlockStore.inMemory());
  }

  /**
   * Reads every row of some columns as float32.
   *
   * @param columns names of this source, in the order they are wanted
   * @param store keeps the rows
   * @return as many columns as asked for, in that order
   * @throws DataException where a value is missing, no number or not finite, or there is no row
   */
  FloatMatrix read(List<String> columns, BlockStore store);

  /**
   * Reads rows in blocks, for prediction: a missing value or one that is no finite number is NaN.
   *
   * @param numeric the columns wanted as float32
   * @param text the columns wanted as the source's own text; a missing value is an empty string
   * @param consumer is given each batch in order
   * @throws DataException where the source itself can't be read
   */
  void scan(List<String> numeric, List<String> text, BatchConsumer consumer);

  /** Which data it is; of a query's answer, which data the last {@link #read} gave. */
  Fingerprint fingerprint();

  @Override
  void close();

  /**
   * Some rows.
   *
   * @param numeric the numeric columns asked for
   * @param text the text columns asked for: an array a row
   */
  record Batch(FloatBlock numeric, List<String[]> text) {}

  /** Takes batches of rows. */
  @FunctionalInterface
  interface BatchConsumer {
    /** Takes the next rows; they are the consumer's to keep. */
    void accept(Batch batch);
  }
}
