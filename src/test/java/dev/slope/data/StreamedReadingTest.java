package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.Precision;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * More rows than may be in memory, from many Parquet files. 20 GB of them are read with {@code mvn
 * test -Dtest=StreamedReadingTest -Dslope.test.streamed.megabytes=20000}; the disk has to have room
 * for twice as much.
 */
class StreamedReadingTest {
  private static final int COLUMNS = 32;
  private static final int MEGABYTES = Integer.getInteger("slope.test.streamed.megabytes", 24);
  private static final int ROWS_A_FILE = 1 << 16;

  /** Each with 8 MiB of float32, most of it noise that hardly shrinks. */
  private static final int FILES =
      Math.max(2, (int) (((long) MEGABYTES << 20) / ((long) ROWS_A_FILE * COLUMNS * Float.BYTES)));

  private static final long MEMORY_BYTES = 4L << 20;

  @TempDir private Path folder;

  @Test
  void rowsBeyondTheMemoryTheyMayHaveGoToAFile() throws SQLException, IOException {
    List<String> names = IntStream.range(0, COLUMNS).mapToObj(i -> "x" + i).toList();
    write(names);
    long rows = (long) FILES * ROWS_A_FILE;
    try (BlockStore store =
            new BlockStore(Precision.FLOAT32, MEMORY_BYTES, folder.resolve("store"));
        DataSource source = new SourceFixture(folder).open("part-*.parquet")) {
      FloatMatrix matrix = source.readNumbers(names, store);
      assertThat(matrix.rows()).isEqualTo(rows);
      long inMemory =
          matrix.blocks().stream()
              .filter(block -> !block.isInFile())
              .mapToLong(block -> (long) block.rows() * COLUMNS * Float.BYTES)
              .sum();
      assertThat(inMemory).isPositive().isLessThanOrEqualTo(MEMORY_BYTES);
      assertThat(matrix.isInFile()).isTrue();
      long row = 0;
      for (FloatBlock block : matrix.blocks()) {
        FloatBuffer values = block.values();
        for (int i = 0; i < block.rows(); i++) {
          // As write() made them: the row's number in its file, its file, and no other order.
          assertThat(values.get(i * COLUMNS)).isEqualTo((float) (row % ROWS_A_FILE));
          assertThat(values.get(i * COLUMNS + 1))
              .isEqualTo((float) Math.floorDiv(row, ROWS_A_FILE));
          row++;
        }
      }
    }
  }

  /** A file at a time, so that no more than one is in the memory of the database. */
  private void write(List<String> names) throws SQLException, IOException {
    String noise =
        String.join(
            ", ", names.subList(2, COLUMNS).stream().map(name -> "random() AS " + name).toList());
    for (int i = 0; i < FILES; i++) {
      Path file = folder.resolve("part-%06d.parquet".formatted(i));
      try (DuckDb duckDb = DuckDb.open()) {
        duckDb.execute(
            "COPY (SELECT i::FLOAT AS x0, %d::FLOAT AS x1, %s FROM range(%d) r(i)) TO %s (FORMAT parquet)"
                .formatted(
                    i,
                    noise.replace("random()", "random()::FLOAT"),
                    ROWS_A_FILE,
                    DuckDb.literal(file.toString())));
      }
      assertThat(Files.size(file)).isGreaterThan(4L << 20);
    }
  }
}
