package dev.slope.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.exceptions.TensorFlowException;

class EventWriterTest {
  @TempDir Path folder;

  @Test
  void everyEventIsInTheFileOnceItIsFinished() throws Exception {
    // More than are kept before they go to the file.
    int events = 2_500;
    try (EventWriter writer = new EventWriter(folder)) {
      writer.open();
      for (int step = 1; step <= events; step++) {
        writer.write(step / 2.0, step, List.of());
      }
      writer.finish();

      try (Stream<Path> files = Files.list(folder)) {
        List<Path> written = files.toList();
        assertThat(written).hasSize(1);
        assertThat(EventRecords.read(Files.readAllBytes(written.get(0))))
            .hasSize(events + 1)
            .last()
            .satisfies(
                event -> {
                  assertThat(event.getStep()).isEqualTo(events);
                  assertThat(event.getWallTime()).isEqualTo(1250);
                });
      }
    }
  }

  @Test
  void aFileInPlaceOfTheFolderIsAProblem() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    try (EventWriter writer = new EventWriter(file)) {
      assertThatThrownBy(writer::open)
          .isInstanceOf(TensorFlowException.class)
          .hasMessageStartingWith("Not a directory");
    }
  }
}
