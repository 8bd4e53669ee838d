package dev.slope.data;

import dev.slope.config.Precision;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/** A table of a DuckDB database, which is closed with it. */
abstract class DuckDbSource extends CodedSource {
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
        close();
      }
    }
  }

  private DuckDBPreparedStatement select(String columnsOrNumbers) throws SQLException {
    return duckDb.statement("SELECT " + columnsOrNumbers + " FROM " + table, parameters);
  }

  private List<ColumnInfo> describe() throws SQLException {
    List<ColumnInfo> result = new ArrayList<>();
    try (DuckDBPreparedStatement statement =
            duckDb.statement("SELECT * FROM " + table + " LIMIT 0", parameters);
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
  long rows() {
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
    CellCoder[] coders = writer.coders(this, indices);
    DuckDbCells[] forms = forms(writer.columns(), indices, writer.precision());
    long before = writer.rows();
    try {
      int bad = readUntilBad(writer, forms, coders);
      if (bad >= 0) {
        throw problem(writer.rows() - before, writer.columns().get(bad).name(), coders[bad]);
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /** Appends rows up to the first with a cell that can't be read; its column, or -1. */
  private int readUntilBad(CodedWriter writer, DuckDbCells[] forms, CellCoder[] coders)
      throws SQLException {
    CodedCells cells = new CodedCells(forms.length, writer.precision());
    try (DuckDBPreparedStatement statement = select(expressions(writer.columns(), forms));
        DuckDBChunkedResult result = statement.query()) {
      while (result.nextChunk()) {
        cells.begin(0, (int) result.chunk().rowCount());
        code(result, forms, coders, cells);
        int good = cells.rowsWithoutProblem(coders);
        writer.addAll(cells.values(), good);
        if (good < cells.rows()) {
          return cells.problemColumn(good, coders);
        }
      }
    }
    return -1;
  }

  /** Column by column: a vector is in one piece. */
  private static void code(
      DuckDBChunkedResult result, DuckDbCells[] forms, CellCoder[] coders, CodedCells cells) {
    for (int i = 0; i < forms.length; i++) {
      cells.column(i);
      forms[i].code(result.chunk().vector(i), coders[i], cells);
    }
  }

  private DuckDbCells[] forms(List<CodedColumn> wanted, int[] indices, Precision precision) {
    DuckDbCells[] forms = new DuckDbCells[indices.length];
    for (int i = 0; i < forms.length; i++) {
      forms[i] = DuckDbCells.of(types.get(indices[i]), wanted.get(i).coding(), precision);
    }
    return forms;
  }

  private static String expressions(List<CodedColumn> wanted, DuckDbCells[] forms) {
    return IntStream.range(0, forms.length)
        .mapToObj(i -> forms[i].expression(wanted.get(i).name()))
        .collect(Collectors.joining(", "));
  }

  private static DuckDBReadableVector[] vectors(DuckDBChunkedResult result, int from, int count) {
    DuckDBReadableVector[] vectors = new DuckDBReadableVector[count];
    for (int i = 0; i < count; i++) {
      vectors[i] = result.chunk().vector(from + i);
    }
    return vectors;
  }

  /** Asks for the text of the one cell that can't be read. */
  private DataException problem(long row, String column, CellCoder coder) throws SQLException {
    String cell = "CAST(" + DuckDb.identifier(column) + " AS VARCHAR)";
    try (DuckDBPreparedStatement statement =
            duckDb.statement(
                "SELECT " + cell + " FROM " + table + " LIMIT 1 OFFSET " + row, parameters);
        ResultSet result = statement.executeQuery()) {
      String text = result.next() ? result.getString(1) : null;
      return coder.problem(
          CellProblem.place(name, "row", row + 1, column), text == null ? "" : text);
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
          coded.begin(from, Math.min(rows - from, writer.room()));
          code(result, forms, writer.coders(), coded);
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
