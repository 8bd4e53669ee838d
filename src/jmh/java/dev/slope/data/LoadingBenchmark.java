package dev.slope.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBPreparedStatement;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A file into rows in memory, beside DuckDB's scan of the same file: its own sum of every number
 * and length of every text. Opening the file is inside, unpacking DuckDB's library is not.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 7)
@Fork(1)
public class LoadingBenchmark {
  /** 33 columns of numbers, a million rows; or a label, 8 texts and 8 numbers, 900,000 rows. */
  @Param({"numbers.csv", "numbers.parquet", "categories.csv"})
  public String file;

  private static final int[] TEXTS = {10, 30, 100, 1_000, 5_000, 10_000, 50_000, 100_000};

  private Path folder;
  private Path path;
  private List<CodedColumn> columns;

  /** Draws the rows and writes the file. */
  @Setup
  public void write() throws IOException, SQLException {
    folder = Files.createTempDirectory("slope-loading-");
    path = folder.resolve(file);
    if (file.startsWith("categories")) {
      writeCategories();
    } else {
      Path csv = folder.resolve("numbers.csv");
      writeNumbers(csv);
      if (file.endsWith(".parquet")) {
        toParquet(csv);
        Files.delete(csv);
      }
    }
    try (DataSource source = DataSources.openFile(path)) {
      columns =
          source.columns().stream()
              .map(
                  column ->
                      new CodedColumn(
                          column.name(),
                          column.kind() == ColumnInfo.Kind.TEXT
                              ? CellCoding.TEXT
                              : CellCoding.NUMBER))
              .toList();
    }
  }

  private static void writeNumbers(Path csv) throws IOException {
    SplittableRandom random = new SplittableRandom(20);
    try (BufferedWriter out = Files.newBufferedWriter(csv, StandardCharsets.US_ASCII)) {
      out.write(
          "y,"
              + IntStream.range(0, 32).mapToObj(i -> "x" + i).collect(Collectors.joining(","))
              + "\n");
      for (int row = 0; row < 1_000_000; row++) {
        for (int column = 0; column <= 32; column++) {
          long millionths = Math.round(random.nextGaussian() * 1e6);
          out.write(millionths < 0 ? "-" : "");
          String digits = Long.toString(1_000_000_000_000L + Math.abs(millionths));
          out.write(Long.toString(Math.abs(millionths) / 1_000_000));
          out.write('.');
          out.write(digits, digits.length() - 6, 6);
          out.write(column < 32 ? ',' : '\n');
        }
      }
    }
  }

  private void writeCategories() throws IOException {
    SplittableRandom random = new SplittableRandom(21);
    try (BufferedWriter out = Files.newBufferedWriter(path, StandardCharsets.US_ASCII)) {
      out.write("y,c0,c1,c2,c3,c4,c5,c6,c7,n0,n1,n2,n3,n4,n5,n6,n7\n");
      for (int row = 0; row < 900_000; row++) {
        out.write(random.nextInt(4) == 0 ? "1" : "0");
        for (int column = 0; column < 8; column++) {
          // Low numbers are common.
          long place = (long) (TEXTS[column] * Math.pow(random.nextDouble(), 3));
          String token = Long.toHexString(1L << 28 | (place * 2_654_435_761L) % (1L << 28));
          out.write(',');
          out.write('a' + column);
          out.write(token, 1, token.length() - 1);
        }
        for (int column = 0; column < 8; column++) {
          out.write(String.format(Locale.ROOT, ",%.4f", random.nextGaussian()));
        }
        out.write('\n');
      }
    }
  }

  private void toParquet(Path csv) throws SQLException {
    try (DuckDb duckDb = DuckDb.open()) {
      duckDb.execute(
          "COPY (SELECT * FROM "
              + readCsv(csv, "y", 32, 0)
              + ") TO "
              + DuckDb.literal(path.toString())
              + " (FORMAT parquet)");
    }
  }

  /** A file's rows with the types that they have, so that nothing is spent on finding them. */
  private static String readCsv(Path csv, String label, int numbers, int texts) {
    String types =
        IntStream.range(0, 1 + texts + numbers)
            .mapToObj(
                i -> {
                  if (i == 0) {
                    return label + ": 'FLOAT'";
                  }
                  return i <= texts
                      ? "c" + (i - 1) + ": 'VARCHAR'"
                      : (texts > 0 ? "n" : "x") + (i - 1 - texts) + ": 'FLOAT'";
                })
            .collect(Collectors.joining(", ", "{", "}"));
    return "read_csv("
        + DuckDb.literal(csv.toString())
        + ", auto_detect=false, header=true, columns="
        + types
        + ")";
  }

  /**
   * The rows of the run before are garbage, which the peers give back at once: what is timed is not
   * how quickly the machine finds memory that no process had before.
   */
  @Setup(Level.Iteration)
  public void collect() {
    System.gc();
  }

  /** Deletes the file. */
  @TearDown
  public void delete() throws IOException {
    Files.delete(path);
    Files.delete(folder);
  }

  /** Slope's reading: rows of float32 in memory. */
  @Benchmark
  public long read() {
    try (DataSource source = DataSources.openFile(path)) {
      return source.read(columns, BlockStore.inMemory()).rows();
    }
  }

  /** Slope's reading for prediction: batch after batch, which nobody keeps. */
  @Benchmark
  public long scan() {
    long[] rows = {0};
    try (DataSource source = DataSources.openFile(path)) {
      source.scan(columns, List.of(), batch -> rows[0] += batch.rows().rows());
    }
    return rows[0];
  }

  /** DuckDB's scan: every cell is read, nothing leaves the database. */
  @Benchmark
  public double duckDb() throws SQLException {
    boolean categories = file.startsWith("categories");
    String from =
        file.endsWith(".parquet")
            ? "read_parquet(" + DuckDb.literal(path.toString()) + ")"
            : readCsv(path, "y", categories ? 8 : 32, categories ? 8 : 0);
    String sums =
        columns.stream()
            .map(
                column ->
                    column.coding() == CellCoding.TEXT
                        ? "sum(strlen(" + column.name() + "))"
                        : "sum(" + column.name() + ")")
            .collect(Collectors.joining(", "));
    try (DuckDb duckDb = DuckDb.open();
        DuckDBPreparedStatement statement = duckDb.statement("SELECT " + sums + " FROM " + from);
        ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getDouble(1);
    }
  }
}
