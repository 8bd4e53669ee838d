package dev.slope.data;

import dev.slope.config.Precision;
import java.util.List;

/** A table of numbers that is in memory already. */
final class TableSource extends CodedSource {
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
  void read(CodedWriter writer) {
    int[] indices = indices(writer.columns());
    CellCoder[] coders = writer.coders(this, indices);
    FloatArray coded = new FloatArray(writer.precision(), indices.length);
    long number = 0;
    for (FloatBlock block : table.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        number++;
        for (int i = 0; i < indices.length; i++) {
          double cell = code(block.get(row, indices[i]), writer.columns().get(i), coders[i]);
          if (coders[i].isProblem(cell)) {
            throw coders[i].problem(
                CellProblem.place(description, "row", number, writer.columns().get(i).name()),
                NumberText.shortest(block.get(row, indices[i])));
          }
          coded.set(i, cell);
        }
        writer.add(coded);
      }
    }
  }

  private static double code(double value, CodedColumn column, CellCoder coder) {
    return switch (column.coding()) {
      case NUMBER, OPTIONAL_NUMBER, TRUTH -> coder.ofNumber(value);
      case TEXT, DAY, SECOND -> coder.ofText(NumberText.shortest(value));
    };
  }

  @Override
  public void scan(List<CodedColumn> wanted, List<String> text, BatchConsumer consumer) {
    BatchWriter writer = new BatchWriter(this, wanted, consumer);
    int[] texts = Columns.indices(description, columns, text);
    FloatArray coded = new FloatArray(Precision.FLOAT32, wanted.size());
    for (FloatBlock block : table.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        for (int i = 0; i < coded.length(); i++) {
          coded.set(i, code(block.get(row, writer.index(i)), wanted.get(i), writer.coder(i)));
        }
        String[] shown = new String[texts.length];
        for (int i = 0; i < texts.length; i++) {
          shown[i] = NumberText.shortest(block.get(row, texts[i]));
        }
        writer.add(coded, shown);
      }
    }
    writer.finish();
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
