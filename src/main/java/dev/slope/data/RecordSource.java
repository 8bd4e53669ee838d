package dev.slope.data;

import dev.slope.config.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * A file of records that name their values. Its columns are the names of all records, in the order
 * in which they turn up; opening it reads it once to know them.
 */
final class RecordSource extends FileSource {
  private final Function<DataFile, RecordReader> format;
  private final List<ColumnInfo> columns;

  /**
   * Opens a file.
   *
   * @param format begins to read it
   */
  RecordSource(DataFile file, Function<DataFile, RecordReader> format) {
    super(file);
    this.format = format;
    try (RecordReader records = format.apply(file)) {
      this.columns = new Kinds(records).ofAll();
    }
    if (columns.isEmpty()) {
      throw new DataException(file.name() + " must have rows, but has none");
    }
    Columns.checkNames(file.name(), Columns.names(columns));
  }

  @Override
  public List<ColumnInfo> columns() {
    return columns;
  }

  @Override
  RowCursor open(Precision precision) {
    return new Rows(format.apply(file()), precision);
  }

  private DataException twice(String record, String name) {
    return new DataException(
        "%s, %s: column names must be unique, but '%s' occurs more than once"
            .formatted(description(), record, name));
  }

  /** Finds every record's columns. */
  private final class Kinds implements RecordReader.Values {
    private final RecordReader records;
    private final Map<String, ColumnKinds> kinds = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();

    Kinds(RecordReader records) {
      this.records = records;
    }

    List<ColumnInfo> ofAll() {
      while (records.next(this)) {
        seen.clear();
      }
      List<ColumnInfo> columns = new ArrayList<>();
      kinds.forEach((name, kind) -> columns.add(new ColumnInfo(name, kind.kind())));
      return List.copyOf(columns);
    }

    private ColumnKinds of(String name) {
      if (!seen.add(name)) {
        throw twice(records.record(), name);
      }
      return kinds.computeIfAbsent(name, absent -> new ColumnKinds());
    }

    @Override
    public void text(String name, String text) {
      of(name).addText(text);
    }

    @Override
    public void number(String name, float value) {
      of(name).add(ColumnInfo.Kind.NUMERIC);
    }

    @Override
    public void integer(String name, long value) {
      of(name).add(ColumnInfo.Kind.NUMERIC);
    }

    @Override
    public void other(String name, String shown) {
      of(name).add(ColumnInfo.Kind.OTHER);
    }
  }

  /** Puts each record's values into the columns' order. */
  private final class Rows implements RowCursor, RecordReader.Values {
    private final RecordReader records;
    private final Map<String, Integer> indices = new HashMap<>();
    private final Precision precision;
    private final double[] numbers;
    private final String[] texts;
    private final BitSet others = new BitSet();

    Rows(RecordReader records, Precision precision) {
      this.records = records;
      this.precision = precision;
      this.numbers = new double[columns.size()];
      this.texts = new String[columns.size()];
      for (int i = 0; i < columns.size(); i++) {
        indices.put(columns.get(i).name(), i);
      }
    }

    @Override
    public boolean next() {
      Arrays.fill(numbers, Double.NaN);
      Arrays.fill(texts, "");
      others.clear();
      return records.next(this);
    }

    private int index(String name) {
      return Objects.requireNonNull(indices.get(name), "every column was found on opening");
    }

    @Override
    public void text(String name, String text) {
      int index = index(name);
      texts[index] = text;
      numbers[index] = NumberText.value(text, precision);
    }

    @Override
    public void number(String name, float value) {
      int index = index(name);
      texts[index] = NumberText.shortest(value);
      numbers[index] = Float.isInfinite(value) ? CellCoder.UNREADABLE : value;
    }

    @Override
    public void integer(String name, long value) {
      int index = index(name);
      texts[index] = Long.toString(value);
      numbers[index] = precision.of(value);
    }

    @Override
    public void other(String name, String shown) {
      int index = index(name);
      texts[index] = shown;
      numbers[index] = CellCoder.UNREADABLE;
      others.set(index);
    }

    @Override
    public double coded(int column, CellCoding coding, CellCoder coder) {
      return others.get(column)
          ? CellCoder.UNREADABLE
          : RowCursor.super.coded(column, coding, coder);
    }

    @Override
    public double number(int column) {
      return numbers[column];
    }

    @Override
    public String text(int column) {
      return texts[column];
    }

    @Override
    public String row() {
      return records.record();
    }

    @Override
    public void close() {
      records.close();
    }
  }
}
