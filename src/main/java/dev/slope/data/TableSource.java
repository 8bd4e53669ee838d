package dev.slope.data;

import java.util.List;

/** A table of numbers that is in memory already. */
final class TableSource implements DataSource {
  private final String description;
  private final FloatMatrix table;
  private final List<ColumnInfo> columns;

  TableSource(String description, FloatMatrix table) {
    this.description = description;
    this.table = table;
    this.columns =
        table.names().stream().map(name -> new ColumnInfo(name, ColumnInfo.Kind.NUMERIC)).toList();
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public List<ColumnInfo> columns() {
    return columns;
  }

  @Override
  public FloatMatrix read(List<String> wanted, BlockStore store) {
    int[] indices = Columns.indices(description, columns, wanted);
    MatrixWriter writer = new MatrixWriter(wanted, store);
    float[] selected = new float[indices.length];
    for (FloatBlock block : table.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        select(block, row, indices, selected);
        writer.add(selected);
      }
    }
    return writer.finish();
  }

  @Override
  public void scan(List<String> numeric, List<String> text, BatchConsumer consumer) {
    int[] numbers = Columns.indices(description, columns, numeric);
    int[] texts = Columns.indices(description, columns, text);
    BatchWriter writer = new BatchWriter(numbers.length, consumer);
    float[] selected = new float[numbers.length];
    for (FloatBlock block : table.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        select(block, row, numbers, selected);
        String[] shown = new String[texts.length];
        for (int i = 0; i < texts.length; i++) {
          shown[i] = NumberText.shortest(block.get(row, texts[i]));
        }
        writer.add(selected, shown);
      }
    }
    writer.finish();
  }

  private static void select(FloatBlock block, int row, int[] indices, float[] selected) {
    for (int i = 0; i < indices.length; i++) {
      selected[i] = block.get(row, indices[i]);
    }
  }

  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.ofValues(table);
  }

  @Override
  public void close() {
    // Its memory is the garbage collector's.
  }
}
