package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows that take ten times {@code training.memory}, in a process whose memory is capped from
 * outside: {@code prlimit --data} counts what the process allocates, not the file that it maps.
 */
@EnabledOnOs(OS.LINUX)
class StreamingMemoryTest {
  private static final int ROWS = 5_000_000;
  private static final int FEATURES = 31;

  /** 640,000,000 bytes of rows, ten times the memory they may have. */
  private static final long DATA_BYTES = (long) ROWS * (FEATURES + 1) * Float.BYTES;

  private static final long MEMORY_BYTES = DATA_BYTES / 10;

  /**
   * A JVM with TensorFlow allocates about 1,400 MiB, most of which it never touches: stacks, arenas
   * and a heap. All rows in memory would take another 610 MiB three times over: as they are read,
   * as features, and packed.
   */
  private static final long CAP_BYTES = 2_000L << 20;

  @TempDir private Path directory;

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void tenTimesTheMemoryStreams() throws Exception {
    writeRows(directory.resolve("rows.parquet"));
    Path config = directory.resolve("big.json");
    Files.writeString(
        config,
        """
        {"data": {"train": "rows.parquet", "split": {"method": "none"}}, "label": "y", "model": "logistic_regression",
         "training": {"optimizer": {"type": "gradient_descent", "learning_rate": 0.5}, "batch_size": 256,
                      "epochs": 2, "memory": %d},
         "report": {"plots": false}}
        """
            .formatted(MEMORY_BYTES));
    List<String> command = new ArrayList<>(List.of("prlimit", "--data=" + CAP_BYTES));
    command.addAll(
        SlopeProcess.command(
            List.of("-Xmx256m", "-XX:MaxDirectMemorySize=8g"),
            List.of(
                "train", config.toString(), "--models", directory.resolve("models").toString())));
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    long peak = 0;
    while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, allocatedBytes(process.pid()));
    }

    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    assertThat(Files.readString(output)).contains("plan streaming");
    // What TensorFlow and the JVM really touch is about 300 MiB; the labels, the scores and their
    // order for the AUC are 20 MB each.
    assertThat(peak).isPositive().isLessThan(DATA_BYTES);
    try (var left = Files.list(directory.resolve("models"))) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("big");
    }
  }

  /** The anonymous memory that a process has in use; 0 once it has ended. */
  private static long allocatedBytes(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("RssAnon:")) {
          return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** The label is 1 where the features' sum is above 0. */
  private static void writeRows(Path file) throws SQLException {
    String features =
        IntStream.range(0, FEATURES)
            .mapToObj(i -> "(random() * 2 - 1)::FLOAT AS x" + i)
            .collect(Collectors.joining(", "));
    String sum =
        IntStream.range(0, FEATURES).mapToObj(i -> "x" + i).collect(Collectors.joining(" + "));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT *, (%s > 0)::INT::FLOAT AS y FROM (SELECT %s FROM range(%d))) TO '%s' (FORMAT parquet, COMPRESSION uncompressed)"
              .formatted(sum, features, ROWS, file));
    }
  }
}
