package dev.slope.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file with a header line. {@link CsvRows} defines what its cells are and finds what is wrong
 * with them; a large file that has nothing wrong is read by DuckDB, on all cores.
 */
final class CsvSource implements DataSource {
  /** Opening DuckDB takes about as long as reading so many bytes without it. */
  static final long DUCKDB_FROM_BYTES = 32L << 20;

  /** The rows that decide of what kind a column is. */
  private static final int KIND_ROWS = 1_000;

  private final DataFile file;
  private final long duckDbFromBytes;
  private final List<ColumnInfo> columns;
  private @Nullable Fingerprint fingerprint;
  private long rows = -1;

  CsvSource(DataFile file) {
    this(file, DUCKDB_FROM_BYTES);
  }

  CsvSource(DataFile file, long duckDbFromBytes) {
    this.file = file;
    this.duckDbFromBytes = duckDbFromBytes;
    try (CsvRows csv = new CsvRows(file)) {
      List<String> names = csv.header().getFields();
      checkNames(names);
      this.columns = infer(names, csv);
    }
  }

  private void checkNames(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isBlank()) {
        throw new DataException(
            "%s, line 1: column %d must have a name".formatted(file.name(), i + 1));
      }
      if (!seen.add(names.get(i))) {
        throw new DataException(
            "%s, line 1: column names must be unique, but '%s' occurs more than once"
                .formatted(file.name(), names.get(i)));
      }
    }
  }

  private List<ColumnInfo> infer(List<String> names, CsvRows csv) {
    List<CsvRecord> sample = new ArrayList<>();
    for (CsvRecord row = csv.nextRow(); row != null; row = csv.nextRow()) {
      sample.add(row);
      if (sample.size() == KIND_ROWS) {
        break;
      }
    }
    if (sample.isEmpty()) {
      throw new DataException(file.name() + " must have rows below its header, but has none");
    }
    List<ColumnInfo> result = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int column = i;
      List<String> cells =
          sample.stream()
              .map(row -> row.getField(column))
              .filter(cell -> !NumberText.isMissing(cell))
              .toList();
      result.add(new ColumnInfo(names.get(i), kind(cells)));
    }
    return List.copyOf(result);
  }

  private static ColumnInfo.Kind kind(List<String> cells) {
    Predicate<String> number = cell -> NumberText.isDecimal(cell) || NumberText.isNotFinite(cell);
    if (cells.isEmpty()) {
      return ColumnInfo.Kind.TEXT;
    }
    if (cells.stream().allMatch(number)) {
      return ColumnInfo.Kind.NUMERIC;
    }
    if (cells.stream().allMatch(NumberText::isBoolean)) {
      return ColumnInfo.Kind.BOOLEAN;
    }
    return cells.stream().allMatch(NumberText::isTemporal)
        ? ColumnInfo.Kind.TEMPORAL
        : ColumnInfo.Kind.TEXT;
  }

  @Override
  public String description() {
    return file.name();
  }

  @Override
  public List<ColumnInfo> columns() {
    return columns;
  }

  @Override
  public FloatMatrix read(List<String> wanted) {
    int[] indices = Columns.indices(file.name(), columns, wanted);
    Columns.requireNumeric(file.name(), columns, indices);
    FloatMatrix matrix =
        file.bytes() < duckDbFromBytes ? readText(wanted, indices) : readFast(wanted, indices);
    rows = matrix.rows();
    return matrix;
  }

  private FloatMatrix readFast(List<String> wanted, int[] indices) {
    FloatMatrix matrix = null;
    try (DuckDb duckDb = DuckDb.open()) {
      matrix = duckDb.readCsv(file.path(), columns, wanted);
    } catch (SQLException e) {
      // The reader below finds the cell and names its line; DuckDB's words are about its own
      // options.
      matrix = null;
    }
    return matrix == null ? readText(wanted, indices) : matrix;
  }

  /** Reads the file cell by cell and stops at the first that is no number. */
  private FloatMatrix readText(List<String> wanted, int[] indices) {
    MatrixWriter writer = new MatrixWriter(wanted);
    float[] values = new float[indices.length];
    try (CsvRows csv = new CsvRows(file)) {
      for (CsvRecord row = csv.nextRow(); row != null; row = csv.nextRow()) {
        for (int i = 0; i < indices.length; i++) {
          values[i] = strict(row, indices[i]);
        }
        writer.add(values);
      }
    }
    return writer.finish();
  }

  private float strict(CsvRecord row, int column) {
    String text = row.getField(column);
    float value = lenient(text);
    if (Float.isFinite(value)) {
      return value;
    }
    String place =
        CellProblem.place(
            file.name(), "line", row.getStartingLineNumber(), columns.get(column).name());
    if (NumberText.isMissing(text)) {
      throw CellProblem.missing(place);
    }
    if (NumberText.isDecimal(text) || NumberText.isNotFinite(text)) {
      throw CellProblem.notFinite(place, text);
    }
    throw CellProblem.notANumber(place, text);
  }

  private static float lenient(String text) {
    if (!NumberText.isDecimal(text)) {
      return Float.NaN;
    }
    float value = Float.parseFloat(text);
    return Float.isFinite(value) ? value : Float.NaN;
  }

  @Override
  public void scan(List<String> numeric, List<String> text, BatchConsumer consumer) {
    int[] numbers = Columns.indices(file.name(), columns, numeric);
    int[] texts = Columns.indices(file.name(), columns, text);
    BatchWriter writer = new BatchWriter(numbers.length, consumer);
    float[] values = new float[numbers.length];
    try (CsvRows csv = new CsvRows(file)) {
      for (CsvRecord row = csv.nextRow(); row != null; row = csv.nextRow()) {
        for (int i = 0; i < numbers.length; i++) {
          values[i] = lenient(row.getField(numbers[i]));
        }
        String[] shown = new String[texts.length];
        for (int i = 0; i < texts.length; i++) {
          String cell = row.getField(texts[i]);
          shown[i] = NumberText.isMissing(cell) ? "" : cell;
        }
        writer.add(values, shown);
      }
    }
    writer.finish();
  }

  @Override
  public Fingerprint fingerprint() {
    if (fingerprint == null) {
      fingerprint = new Fingerprint(file.sha256(), rows < 0 ? countRows() : rows);
    }
    return fingerprint;
  }

  private long countRows() {
    long count = 0;
    try (CsvRows csv = new CsvRows(file)) {
      while (csv.nextRow() != null) {
        count++;
      }
    }
    return count;
  }

  @Override
  public void close() {
    // Each reading opens and closes the file itself.
  }
}
