package dev.slope.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.data.CellCoding;
import dev.slope.data.CodedColumn;
import dev.slope.data.DataException;
import dev.slope.data.DataSource;
import dev.slope.data.DataSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class BatchesAheadTest {
  private static final int ROWS = 300_000;
  private static final List<CodedColumn> COLUMNS =
      List.of(new CodedColumn("x", CellCoding.OPTIONAL_NUMBER));

  @TempDir Path folder;

  /** The rows are numbered; they come in order, in this thread, whatever the reader is ahead. */
  @Test
  void everyRowComesInOrder() throws IOException {
    List<Double> seen = new ArrayList<>();
    Thread here = Thread.currentThread();
    try (DataSource source = DataSources.openFile(numbers(""))) {
      BatchesAhead.scan(
          source,
          COLUMNS,
          List.of(),
          batch -> {
            assertThat(Thread.currentThread()).isSameAs(here);
            for (int row = 0; row < batch.block().rows(); row++) {
              seen.add(batch.block().get(row, 0));
            }
          });
    }
    assertThat(seen).hasSize(ROWS);
    for (int row = 0; row < ROWS; row++) {
      assertThat(seen.get(row)).isEqualTo(row);
    }
  }

  @Test
  void aConsumerThatFailsEndsTheReader() throws IOException {
    IllegalArgumentException full = new IllegalArgumentException("full");
    try (DataSource source = DataSources.openFile(numbers(""))) {
      assertThatThrownBy(
              () ->
                  BatchesAhead.scan(
                      source,
                      COLUMNS,
                      List.of(),
                      batch -> {
                        throw full;
                      }))
          .isSameAs(full);
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("read-rows"));
  }

  @Test
  void whatIsWrongWithTheDataIsThrownHere() throws IOException {
    Path data = numbers("1,2\n");
    try (DataSource source = DataSources.openFile(data)) {
      assertThatThrownBy(() -> BatchesAhead.scan(source, COLUMNS, List.of(), batch -> {}))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(data + ", line " + (ROWS + 2));
    }
  }

  private Path numbers(String last) throws IOException {
    StringBuilder csv = new StringBuilder("x\n");
    for (int row = 0; row < ROWS; row++) {
      csv.append(row).append('\n');
    }
    return Files.writeString(folder.resolve("rows.csv"), csv + last);
  }
}
