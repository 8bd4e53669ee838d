package dev.slope.data;

import dev.slope.config.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Cuts rows of coded cells and texts into batches, each with dictionaries of its own. */
final class BatchWriter {
  private final DataSource source;
  private final List<CodedColumn> columns;
  private final List<String> names;
  private final int[] indices;
  private final DataSource.BatchConsumer consumer;
  private final BlockWriter writer;
  private Dictionaries dictionaries;
  private CellCoder[] coders;
  private List<String[]> texts = new ArrayList<>();

  /**
   * A writer of rows.
   *
   * @param source of the cells
   * @param columns of it
   */
  BatchWriter(DataSource source, List<CodedColumn> columns, DataSource.BatchConsumer consumer) {
    this.source = source;
    this.columns = List.copyOf(columns);
    this.names = columns.stream().map(CodedColumn::name).toList();
    this.indices = Columns.indices(source.description(), source.columns(), names);
    this.consumer = consumer;
    this.writer = new BlockWriter(columns.size(), BlockStore.inMemory(), this::handOn);
    this.dictionaries = new Dictionaries(columns, Precision.FLOAT32);
    this.coders = dictionaries.coders(source.columns(), indices);
  }

  private void handOn(FloatBlock block) {
    DataSource.Batch batch =
        new DataSource.Batch(
            new CodedRows(columns, new FloatMatrix(names, List.of(block)), dictionaries.byName()),
            texts);
    dictionaries = new Dictionaries(columns, Precision.FLOAT32);
    coders = dictionaries.coders(source.columns(), indices);
    texts = new ArrayList<>();
    consumer.accept(batch);
  }

  /** The places in the source of the columns. */
  int[] indices() {
    return indices;
  }

  /** The place in the source of a column. */
  int index(int column) {
    return indices[column];
  }

  /** What reads the columns' cells of the next row. */
  CellCoder[] coders() {
    return coders;
  }

  /** What reads a column's cells of the next row. */
  CellCoder coder(int column) {
    return coders[column];
  }

  /** Appends one row; the numbers are copied, the array of texts is kept. */
  void add(FloatArray numbers, String[] text) {
    texts.add(text);
    writer.add(numbers);
  }

  /** How many rows the batch in the making still takes. */
  int room() {
    return writer.room();
  }

  /**
   * Appends rows, no more than there is room for.
   *
   * @param textsOfRow of a row of the chunk that the cells are of
   */
  void addAll(CodedCells cells, IntFunction<String[]> textsOfRow) {
    for (int row = cells.from(); row < cells.to(); row++) {
      texts.add(textsOfRow.apply(row));
    }
    writer.addAll(cells.values(), cells.rows());
  }

  void finish() {
    writer.finish();
  }
}
