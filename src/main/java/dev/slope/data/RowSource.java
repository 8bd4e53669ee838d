package dev.slope.data;

import java.util.List;

/** A source that is read row by row. */
abstract class RowSource implements DataSource {
  private long rowsRead = -1;

  /** Its rows from the first. */
  abstract RowCursor open();

  @Override
  public FloatMatrix read(List<String> wanted, BlockStore store) {
    int[] indices = Columns.indices(description(), columns(), wanted);
    Columns.requireNumeric(description(), columns(), indices);
    FloatMatrix matrix = readRows(wanted, indices, store);
    rowsRead = matrix.rows();
    return matrix;
  }

  /** Reads cell by cell and stops at the first that is no finite number. */
  FloatMatrix readRows(List<String> wanted, int[] indices, BlockStore store) {
    MatrixWriter writer = new MatrixWriter(wanted, store);
    float[] values = new float[indices.length];
    try (RowCursor rows = open()) {
      while (rows.next()) {
        for (int i = 0; i < indices.length; i++) {
          values[i] = rows.number(indices[i]);
          if (Float.isNaN(values[i])) {
            throw CellProblem.of(
                "%s, %s, column '%s'".formatted(description(), rows.row(), wanted.get(i)),
                rows.text(indices[i]));
          }
        }
        writer.add(values);
      }
    }
    return writer.finish();
  }

  @Override
  public void scan(List<String> numeric, List<String> text, BatchConsumer consumer) {
    int[] numbers = Columns.indices(description(), columns(), numeric);
    int[] texts = Columns.indices(description(), columns(), text);
    BatchWriter writer = new BatchWriter(numbers.length, consumer);
    float[] values = new float[numbers.length];
    try (RowCursor rows = open()) {
      while (rows.next()) {
        for (int i = 0; i < numbers.length; i++) {
          values[i] = rows.number(numbers[i]);
        }
        String[] shown = new String[texts.length];
        for (int i = 0; i < texts.length; i++) {
          shown[i] = rows.text(texts[i]);
        }
        writer.add(values, shown);
      }
    }
    writer.finish();
  }

  /** How many rows it has; counts them where they have not been read. */
  long rows() {
    if (rowsRead < 0) {
      long count = 0;
      try (RowCursor rows = open()) {
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
