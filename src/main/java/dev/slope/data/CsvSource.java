package dev.slope.data;

import dev.slope.config.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * A text file of delimited fields. {@link CsvRows} defines what its cells are and finds what is
 * wrong with them; {@link CsvParsers} read the usual rows of a large file, on all cores.
 */
final class CsvSource extends FileSource {
  /** A smaller file is read in one thread. */
  static final long PARSERS_FROM_BYTES = CsvChunks.CHUNK_BYTES;

  /** The rows that decide of what kind a column is. */
  private static final int KIND_ROWS = 1_000;

  private final CsvDialect dialect;
  private final long parsersFromBytes;
  private final List<ColumnInfo> columns;

  CsvSource(DataFile file, CsvDialect dialect) {
    this(file, dialect, PARSERS_FROM_BYTES);
  }

  CsvSource(DataFile file, CsvDialect dialect, long parsersFromBytes) {
    super(file);
    this.dialect = dialect;
    this.parsersFromBytes = parsersFromBytes;
    try (CsvRows rows = new CsvRows(file, dialect, Precision.FLOAT32)) {
      Columns.checkNames(file.name() + ", line 1", rows.names());
      this.columns = infer(rows);
    }
  }

  private List<ColumnInfo> infer(CsvRows rows) {
    List<String> names = rows.names();
    List<ColumnKinds> kinds = new ArrayList<>();
    names.forEach(name -> kinds.add(new ColumnKinds()));
    int sampled = 0;
    while (sampled < KIND_ROWS && rows.next()) {
      for (int column = 0; column < kinds.size(); column++) {
        kinds.get(column).addText(rows.text(column));
      }
      sampled++;
    }
    if (sampled == 0) {
      throw new DataException(file().name() + " must have rows below its header, but has none");
    }
    List<ColumnInfo> result = new ArrayList<>();
    for (int column = 0; column < kinds.size(); column++) {
      result.add(new ColumnInfo(names.get(column), kinds.get(column).kind()));
    }
    return List.copyOf(result);
  }

  @Override
  public List<ColumnInfo> columns() {
    return columns;
  }

  @Override
  RowCursor open(Precision precision) {
    return new CsvRows(file(), dialect, precision);
  }

  @Override
  void readRows(CodedWriter writer, int[] indices) {
    CsvCells cells =
        new CsvCells(
            dialect, columns, writer.columns(), writer.precision(), indices, new int[0], true);
    if (!isForParsers(cells)) {
      super.readRows(writer, indices);
      return;
    }
    long before = writer.rows();
    boolean complete;
    try (CsvParsers parsers = new CsvParsers(file(), cells)) {
      CsvCodes codes = new CsvCodes(cells, writer.coders(this, indices));
      complete =
          parsers.parse(
              dialect.header(),
              chunk -> {
                codes.number(chunk);
                codes.replace(chunk);
                writer.addAll(chunk.values, chunk.rows);
              });
    }
    if (!complete) {
      readRows(writer, indices, writer.rows() - before);
    }
  }

  @Override
  void scanRows(BatchWriter writer, List<CodedColumn> wanted, int[] texts) {
    CsvCells cells =
        new CsvCells(dialect, columns, wanted, Precision.FLOAT32, writer.indices(), texts, false);
    if (!isForParsers(cells)) {
      super.scanRows(writer, wanted, texts);
      return;
    }
    Scan scan = new Scan(writer, cells);
    boolean complete;
    try (CsvParsers parsers = new CsvParsers(file(), cells)) {
      CsvCodes codes = new CsvCodes(cells, writer.coders());
      complete =
          parsers.parse(
              dialect.header(),
              chunk -> {
                codes.number(chunk);
                scan.take(chunk, codes);
              });
    }
    if (!complete) {
      scanRows(writer, wanted, texts, scan.rows);
    }
  }

  /** Starting threads takes longer than reading a small file without them. */
  private boolean isForParsers(CsvCells cells) {
    return file().bytes() >= parsersFromBytes && cells.isUsual();
  }

  /** Hands the rows of chunks on to batches. */
  private static final class Scan {
    private static final String[] NO_TEXTS = {};

    private final BatchWriter writer;
    private final CsvCells cells;
    private final FloatArray values;
    private long rows;

    Scan(BatchWriter writer, CsvCells cells) {
      this.writer = writer;
      this.cells = cells;
      this.values = new FloatArray(Precision.FLOAT32, cells.coded());
    }

    void take(CsvChunk chunk, CsvCodes codes) {
      for (int row = 0; row < chunk.rows; row++) {
        chunk.values.copyTo(row * values.length(), values, 0, values.length());
        for (int i = 0; i < values.length(); i++) {
          if (cells.isText(i)) {
            values.set(i, codes.code(i, values.get(i), writer.coder(i)));
          }
        }
        writer.add(values, chunk.texts.isEmpty() ? NO_TEXTS : chunk.texts.get(row));
      }
      rows += chunk.rows;
    }
  }
}
