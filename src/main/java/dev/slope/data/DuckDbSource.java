package dev.slope.data;

import dev.slope.config.Precision;
import dev.slope.data.DuckDbReading.BadCell;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/** A table of a DuckDB database, which is closed with it. */
abstract class DuckDbSource extends CodedSource {
  /** Fewer are read before another thread has begun. */
  private static final long CELLS_A_THREAD = 1 << 20;

  /** Each has a row group of a file in memory. */
  private static final int MOST_THREADS = 4;

  private final String name;
  private final DuckDb duckDb;
  private final String table;
  private final String[] parameters;
  private final List<ColumnInfo> columns;
  private final List<String> types = new ArrayList<>();
  private final long rows;

  /**
   * Opens a table.
   *
   * @param name how messages call it
   * @param duckDb closed where this fails
   * @param table what follows FROM
   * @param parameters of that
   */
  DuckDbSource(String name, DuckDb duckDb, String table, String... parameters) {
    this.name = name;
    this.duckDb = duckDb;
    this.table = table;
    this.parameters = parameters;
    boolean complete = false;
    try {
      this.columns = describe();
      this.rows = count();
      complete = true;
    } catch (SQLException e) {
      throw unreadable(e);
    } finally {
      if (!complete) {
        duckDb.close();
      }
    }
  }

  private DuckDBPreparedStatement select(String columnsOrNumbers) throws SQLException {
    return statement("SELECT " + columnsOrNumbers + " FROM " + table);
  }

  /** A statement with the table's parameters. */
  final DuckDBPreparedStatement statement(String sql) throws SQLException {
    return duckDb.statement(sql, parameters);
  }

  private List<ColumnInfo> describe() throws SQLException {
    List<ColumnInfo> result = new ArrayList<>();
    try (DuckDBPreparedStatement statement = statement("SELECT * FROM " + table + " LIMIT 0");
        ResultSet none = statement.executeQuery()) {
      ResultSetMetaData meta = none.getMetaData();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        String type = meta.getColumnTypeName(i);
        types.add(type);
        result.add(new ColumnInfo(meta.getColumnName(i), DuckDbCells.kind(type)));
      }
    }
    return List.copyOf(result);
  }

  private long count() throws SQLException {
    try (DuckDBPreparedStatement statement = select("count(*)");
        ResultSet result = statement.executeQuery()) {
      result.next();
      long count = result.getLong(1);
      if (count == 0) {
        throw new DataException(name + " must have rows, but has none");
      }
      return count;
    }
  }

  /** How many rows it has. */
  public long rows() {
    return rows;
  }

  @Override
  public String description() {
    return name;
  }

  @Override
  public List<ColumnInfo> columns() {
    return columns;
  }

  @Override
  void read(CodedWriter writer) {
    int[] indices = indices(writer.columns());
    writer.addPlaced(rows, placed -> read(writer, indices, placed));
  }

  private void read(CodedWriter writer, int[] indices, PlacedRows placed) {
    DuckDbReading reading =
        new DuckDbReading(
            name,
            writer.columns(),
            forms(writer.columns(), indices, writer.precision()),
            parameters,
            placed);
    List<Background<Optional<BadCell>>> threads = new ArrayList<>();
    List<DuckDb> connections = new ArrayList<>();
    try {
      for (RowRange range : ranges(threads(writer.columns()))) {
        // The first reads with the own one, which alone knows temporary tables.
        DuckDb connection = connections.isEmpty() ? duckDb : duckDb.duplicate();
        connections.add(connection);
        CellCoder[] coders = writer.coders(this, indices);
        threads.add(new Background<>("slope-rows", () -> read(reading, range, connection, coders)));
      }
      // In order: what is wrong first in the table is what is reported.
      for (Background<Optional<BadCell>> thread : threads) {
        Optional<BadCell> bad = thread.get();
        if (bad.isPresent()) {
          throw problem(bad.get(), writer.columns(), writer.coders(this, indices));
        }
      }
    } catch (SQLException e) {
      throw unreadable(e);
    } finally {
      reading.stop();
      threads.forEach(Background::close);
      connections.stream().skip(1).forEach(DuckDb::close);
    }
  }

  private Optional<BadCell> read(
      DuckDbReading reading, RowRange range, DuckDb connection, CellCoder[] coders) {
    try {
      return reading.read(range, connection, coders);
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /** How many threads shall read: texts are numbered as they turn up, so that one reads them. */
  private int threads(List<CodedColumn> wanted) {
    if (wanted.stream().anyMatch(column -> column.coding() == CellCoding.TEXT)) {
      return 1;
    }
    long worthwhile = rows * wanted.size() / CELLS_A_THREAD;
    int most = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    return (int) Math.max(1, Math.min(most, worthwhile));
  }

  /**
   * Cuts the table into rows that can be read at once.
   *
   * @param most at least 1
   * @return at most so many ranges, in order
   */
  List<RowRange> ranges(int most) throws SQLException {
    return List.of(new RowRange(0, rows, table));
  }

  private DuckDbCells[] forms(List<CodedColumn> wanted, int[] indices, Precision precision) {
    DuckDbCells[] forms = new DuckDbCells[indices.length];
    for (int i = 0; i < forms.length; i++) {
      forms[i] = DuckDbCells.of(types.get(indices[i]), wanted.get(i).coding(), precision);
    }
    return forms;
  }

  private static DuckDBReadableVector[] vectors(DuckDBChunkedResult result, int from, int count) {
    DuckDBReadableVector[] vectors = new DuckDBReadableVector[count];
    for (int i = 0; i < count; i++) {
      vectors[i] = result.chunk().vector(from + i);
    }
    return vectors;
  }

  /** Asks for the text of the one cell that can't be read. */
  private DataException problem(BadCell bad, List<CodedColumn> wanted, CellCoder[] coders)
      throws SQLException {
    String column = wanted.get(bad.column()).name();
    String cell = "CAST(" + DuckDb.identifier(column) + " AS VARCHAR)";
    try (DuckDBPreparedStatement statement =
            statement("SELECT " + cell + " FROM " + table + " LIMIT 1 OFFSET " + bad.row());
        ResultSet result = statement.executeQuery()) {
      String text = result.next() ? result.getString(1) : null;
      return coders[bad.column()].problem(
          CellProblem.place(name, "row", bad.row() + 1, column), text == null ? "" : text);
    }
  }

  @Override
  public void scan(List<CodedColumn> wanted, List<String> text, BatchConsumer consumer) {
    BatchWriter writer = new BatchWriter(this, wanted, consumer);
    Columns.indices(name, columns, text);
    DuckDbCells[] forms = forms(wanted, writer.indices(), Precision.FLOAT32);
    String cells =
        Stream.concat(
                IntStream.range(0, forms.length)
                    .mapToObj(i -> forms[i].expression(wanted.get(i).name())),
                text.stream().map(DuckDbCells.TEXT::expression))
            .collect(Collectors.joining(", "));
    CodedCells coded = new CodedCells(forms.length, Precision.FLOAT32);
    try (DuckDBPreparedStatement statement = select(cells.isEmpty() ? "1" : cells);
        DuckDBChunkedResult result = statement.query()) {
      while (result.nextChunk()) {
        int rows = (int) result.chunk().rowCount();
        DuckDBReadableVector[] texts = vectors(result, forms.length, text.size());
        int from = 0;
        while (from < rows) {
          // A batch has a dictionary of its own: what belongs to the next is coded with its.
          int most = Math.min(coded.rowsAtOnce(), writer.room());
          coded.begin(from, Math.min(rows - from, most));
          DuckDbCells.code(result.chunk(), forms, writer.coders(), coded);
          from = coded.to();
          writer.addAll(coded, row -> texts(texts, row));
        }
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
    writer.finish();
  }

  private static String[] texts(DuckDBReadableVector[] vectors, int row) {
    String[] shown = new String[vectors.length];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = vectors[i].isNull(row) ? "" : vectors[i].getString(row);
    }
    return shown;
  }

  /** What a failure of the database means to a user. */
  abstract DataException unreadable(SQLException e);

  static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    duckDb.close();
  }
}
