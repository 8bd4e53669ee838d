package dev.slope.data;

import dev.slope.config.Precision;
import java.util.List;

/** A source that is read row by row. */
abstract class RowSource extends CodedSource {
  private long rowsRead = -1;

  /** Its rows from the first. */
  abstract RowCursor open(Precision precision);

  @Override
  void read(CodedWriter writer) {
    long before = writer.rows();
    readRows(writer, indices(writer.columns()));
    rowsRead = writer.rows() - before;
  }

  /** Reads all rows. */
  void readRows(CodedWriter writer, int[] indices) {
    readRows(writer, indices, 0);
  }

  /**
   * Reads cell by cell and stops at the first that can't be read in its coding.
   *
   * @param from the first row to be read, counted from 0
   */
  final void readRows(CodedWriter writer, int[] indices, long from) {
    CellCoder[] coders = writer.coders(this, indices);
    FloatArray values = new FloatArray(writer.precision(), indices.length);
    try (RowCursor rows = open(writer.precision())) {
      skip(rows, from);
      while (rows.next()) {
        for (int i = 0; i < indices.length; i++) {
          double value = rows.coded(indices[i], writer.columns().get(i).coding(), coders[i]);
          if (coders[i].isProblem(value)) {
            throw coders[i].problem(
                "%s, %s, column '%s'"
                    .formatted(description(), rows.row(), writer.columns().get(i).name()),
                rows.text(indices[i]));
          }
          values.set(i, value);
        }
        writer.add(values);
      }
    }
  }

  private static void skip(RowCursor rows, long count) {
    for (long i = 0; i < count; i++) {
      rows.next();
    }
  }

  @Override
  public void scan(List<CodedColumn> wanted, List<String> text, BatchConsumer consumer) {
    BatchWriter writer = new BatchWriter(this, wanted, consumer);
    scanRows(writer, wanted, Columns.indices(description(), columns(), text));
    writer.finish();
  }

  /** Scans all rows. */
  void scanRows(BatchWriter writer, List<CodedColumn> wanted, int[] texts) {
    scanRows(writer, wanted, texts, 0);
  }

  /**
   * Scans cell by cell.
   *
   * @param from the first row to be read, counted from 0
   */
  final void scanRows(BatchWriter writer, List<CodedColumn> wanted, int[] texts, long from) {
    FloatArray values = new FloatArray(Precision.FLOAT32, wanted.size());
    try (RowCursor rows = open(Precision.FLOAT32)) {
      skip(rows, from);
      while (rows.next()) {
        for (int i = 0; i < values.length(); i++) {
          values.set(i, rows.coded(writer.index(i), wanted.get(i).coding(), writer.coder(i)));
        }
        String[] shown = new String[texts.length];
        for (int i = 0; i < texts.length; i++) {
          shown[i] = rows.text(texts[i]);
        }
        writer.add(values, shown);
      }
    }
  }

  /** How many rows it has; counts them where they have not been read. */
  public long rows() {
    if (rowsRead < 0) {
      long count = 0;
      try (RowCursor rows = open(Precision.FLOAT32)) {
        while (rows.next()) {
          count++;
        }
      }
      rowsRead = count;
    }
    return rowsRead;
  }

  @Override
  public void close() {
    // Each reading opens and closes what it reads.
  }
}
