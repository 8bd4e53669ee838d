package dev.slope.data;

import java.nio.FloatBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text file of delimited fields. {@link CsvRows} defines what its cells are and finds what is
 * wrong with them; a large file that has nothing wrong is read by DuckDB, on all cores.
 */
final class CsvSource extends FileSource {
  /** Opening DuckDB takes about as long as reading so many bytes without it. */
  static final long DUCKDB_FROM_BYTES = 32L << 20;

  /** The rows that decide of what kind a column is. */
  private static final int KIND_ROWS = 1_000;

  private final CsvDialect dialect;
  private final long duckDbFromBytes;
  private final List<ColumnInfo> columns;

  CsvSource(DataFile file, CsvDialect dialect) {
    this(file, dialect, DUCKDB_FROM_BYTES);
  }

  CsvSource(DataFile file, CsvDialect dialect, long duckDbFromBytes) {
    super(file);
    this.dialect = dialect;
    this.duckDbFromBytes = duckDbFromBytes;
    try (CsvRows rows = new CsvRows(file, dialect)) {
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
  RowCursor open() {
    return new CsvRows(file(), dialect);
  }

  @Override
  void readRows(CodedWriter writer, int[] indices) {
    // DuckDB holds the whole table for a while: what must not be in memory is read row by row.
    boolean slowly =
        file().bytes() < duckDbFromBytes
            || file().bytes() > writer.store().memoryBytes()
            || !writer.columns().stream().allMatch(c -> c.coding() == CellCoding.NUMBER);
    FloatMatrix fast = slowly ? null : readFast(writer.columns(), indices);
    if (fast == null) {
      super.readRows(writer, indices);
      return;
    }
    float[] row = new float[indices.length];
    for (FloatBlock block : fast.blocks()) {
      FloatBuffer values = block.values();
      for (int i = 0; i < block.rows(); i++) {
        values.get(row);
        writer.add(row);
      }
    }
  }

  private @Nullable FloatMatrix readFast(List<CodedColumn> wanted, int[] indices) {
    List<String> names = wanted.stream().map(CodedColumn::name).toList();
    try (DuckDb duckDb = DuckDb.open()) {
      return duckDb.readCsv(file(), dialect, columns.size(), names, indices, BlockStore.inMemory());
    } catch (SQLException e) {
      // The reader of rows finds the cell and names its line; DuckDB's words are about its own
      // options.
      return null;
    }
  }
}
