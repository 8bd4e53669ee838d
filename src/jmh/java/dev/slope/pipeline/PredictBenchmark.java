package dev.slope.pipeline;

import dev.slope.config.ConfigLoader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code slope predict} without the start of its process: a model is loaded, 1,000,000 rows of 32
 * numbers are read from Parquet, predicted and written as CSV.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 9)
@Fork(1)
public class PredictBenchmark {
  private static final int ROWS = 1_000_000;
  private static final int NUMBERS = 32;

  private Path folder;
  private Path model;
  private Path data;
  private Path answers;

  /** Draws the rows and trains on 1,000 of them. */
  @Setup
  public void make() throws IOException, SQLException {
    folder = Files.createTempDirectory("slope-predict-");
    data = folder.resolve("rows.parquet");
    answers = folder.resolve("answers.csv");
    String columns =
        IntStream.range(0, NUMBERS)
            .mapToObj(i -> "CAST(random() * 2 - 1 AS FLOAT) AS x" + i)
            .collect(Collectors.joining(", "));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT setseed(0.5)");
      statement.execute(
          "CREATE TABLE t AS SELECT *, CAST(x0 + 2 * x1 AS FLOAT) AS y FROM (SELECT "
              + columns
              + " FROM range("
              + ROWS
              + "))");
      statement.execute("COPY t TO '" + data + "' (FORMAT parquet)");
      statement.execute("COPY (SELECT * FROM t LIMIT 1000) TO '" + folder.resolve("few.csv") + "'");
    }
    Path config =
        Files.writeString(
            folder.resolve("numbers.json"),
            """
            {
              "data": {"train": "few.csv"}, "label": "y", "model": "linear_regression",
              "training": {"optimizer": "newton"}, "report": {"plots": false}
            }
            """);
    model =
        Path.of(
            new TrainPipeline(ConfigLoader.load(config, List.of()), folder.resolve("models"), false)
                .run(new RunListener() {})
                .model());
  }

  /** All rows. */
  @Benchmark
  public long predict() throws IOException {
    try (Writer out = Files.newBufferedWriter(answers, StandardCharsets.UTF_8)) {
      return PredictPipeline.run(model, data, null, List.of(), out).rows();
    }
  }

  /** Removes everything. */
  @TearDown
  public void delete() throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }
}
