package dev.slope.training.checkpoint;

import static dev.slope.training.checkpoint.CheckpointFixtures.bytes;
import static dev.slope.training.checkpoint.CheckpointFixtures.checkpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.training.checkpoint.FaultyOperations.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointStoreTest {
  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void keepsTheNewest() throws IOException {
    try (CheckpointStore store = open(2)) {
      for (int epoch = 1; epoch <= 11; epoch++) {
        store.write(checkpoint(epoch));
      }

      assertThat(names()).containsExactlyInAnyOrder(".lock", "checkpoint-10", "checkpoint-11");
      assertThat(bytes(store.newest().orElseThrow())).isEqualTo(bytes(checkpoint(11)));
      assertThat(Files.readAllBytes(at("checkpoint-10"))).isEqualTo(bytes(checkpoint(10)));
    }
    assertThat(names()).containsExactlyInAnyOrder("checkpoint-10", "checkpoint-11");
    assertThat(warnings).isEmpty();
  }

  @Test
  void theLastWrittenIsTheNewestWhateverItsEpoch() throws IOException {
    try (CheckpointStore store = open(2)) {
      store.write(checkpoint(500));
    }
    try (CheckpointStore store = open(2)) {
      store.write(checkpoint(3));

      assertThat(store.newest().orElseThrow().state().epochsDone()).isEqualTo(3);
    }
  }

  @Test
  void passesOverWhatIsNotWhole() throws IOException {
    try (CheckpointStore store = open(3)) {
      store.write(checkpoint(1));
      store.write(checkpoint(2));
      store.write(checkpoint(3));
      byte[] flipped = bytes(checkpoint(2));
      flipped[30] ^= 1;
      Files.write(at("checkpoint-2"), flipped);
      Files.write(at("checkpoint-3"), new byte[5]);

      assertThat(bytes(store.newest().orElseThrow())).isEqualTo(bytes(checkpoint(1)));
      assertThat(warnings)
          .containsExactly(
              "'" + at("checkpoint-3") + "' is passed over: it has only 5 bytes",
              "'" + at("checkpoint-2") + "' is passed over: its checksum is wrong");
    }
  }

  @Test
  void hasNoneWhereNoneIsWhole() throws IOException {
    try (CheckpointStore store = open(1)) {
      Files.write(at("checkpoint-1"), new byte[0]);
      Files.write(at("checkpoint-x"), new byte[0]);
      Files.write(at("checkpoint-9999999999999999999"), new byte[0]);

      assertThat(store.newest()).isEmpty();
      assertThat(warnings).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void aStepThatFailsOnceLosesNothing(Step step) throws IOException {
    writeTwo();
    try (CheckpointStore store = open(1, new FaultyOperations(step, false))) {
      failingWrite(store, step);
      assertNothingIsLost(store, step);

      store.write(checkpoint(4));

      assertThat(bytes(store.newest().orElseThrow())).isEqualTo(bytes(checkpoint(4)));
      assertThat(names()).filteredOn(name -> name.startsWith("checkpoint-")).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void aProcessThatDiesAtAStepLosesNothing(Step step) throws IOException {
    writeTwo();
    try (CheckpointStore store = open(1, new FaultyOperations(step, true))) {
      failingWrite(store, step);
    }
    warnings.clear();
    try (CheckpointStore store = open(1)) {
      assertNothingIsLost(store, step);

      store.write(checkpoint(4));

      assertThat(bytes(store.newest().orElseThrow())).isEqualTo(bytes(checkpoint(4)));
      assertThat(names()).filteredOn(name -> name.startsWith("checkpoint-")).hasSize(1);
    }
    assertThat(names()).hasSize(1);
    assertThat(warnings).isEmpty();
  }

  @Test
  void aDirectoryIsOneRunsAtATime() throws IOException {
    try (CheckpointStore first = open(1)) {
      first.write(checkpoint(1));

      assertThatThrownBy(() -> open(1))
          .hasMessageContaining("another run is using it; wait for that one, or name another");
    }
    try (CheckpointStore second = open(1)) {
      assertThat(second.newest()).isPresent();
    }
  }

  @Test
  void aDirectoryIsOneProcessesUntilItIsKilled() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                directory().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.getInputStream().read()).isEqualTo('h');
      assertThatThrownBy(() -> open(1)).hasMessageContaining("another run is using it");

      process.destroyForcibly().waitFor();

      try (CheckpointStore store = open(1)) {
        assertThat(bytes(store.newest().orElseThrow())).isEqualTo(bytes(checkpoint(1)));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  /** Holds a directory until it is killed. */
  static final class Holder {
    private Holder() {}

    /** Runs as a process. */
    public static void main(String[] args) throws IOException, InterruptedException {
      try (CheckpointStore store =
          CheckpointStore.open(Path.of(args[0]), 1, new DiskOperations(), warning -> {})) {
        store.write(checkpoint(1));
        System.out.println("h");
        Thread.sleep(60_000);
      }
    }
  }

  @Test
  void removesAllThatItMadeWhenTheRunIsDone() throws IOException {
    Path hidden = folder.resolve("models").resolve(".checkpoints").resolve("line");
    try (CheckpointStore store =
        CheckpointStore.open(hidden, 2, new DiskOperations(), warnings::add)) {
      store.write(checkpoint(1));
      store.clear();
    }

    assertThat(folder.resolve("models")).isEmptyDirectory();
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Files.createFile(directory());

    assertThatThrownBy(() -> open(1))
        .isInstanceOf(IOException.class)
        .satisfies(
            e ->
                assertThat(CheckpointStore.reason((IOException) e))
                    .isEqualTo("a file is where the directory should be"));
  }

  private void writeTwo() throws IOException {
    try (CheckpointStore store = open(1)) {
      store.write(checkpoint(1));
      store.write(checkpoint(2));
    }
  }

  /** A step before the directory's sync is a failure; the old one's removal is only a warning. */
  private void failingWrite(CheckpointStore store, Step step) throws IOException {
    if (step == Step.DELETE) {
      store.write(checkpoint(3));
      assertThat(warnings)
          .containsExactly(
              "old checkpoints in '%s' can't be removed: no space left at DELETE"
                  .formatted(directory()));
    } else {
      assertThatThrownBy(() -> store.write(checkpoint(3))).hasMessage("no space left at " + step);
    }
  }

  private void assertNothingIsLost(CheckpointStore store, Step step) throws IOException {
    Path previous = at("checkpoint-2");
    assertThat(Files.readAllBytes(previous)).isEqualTo(bytes(checkpoint(2)));
    if (step.compareTo(Step.RENAME) > 0) {
      Path renamed = at("checkpoint-3");
      assertThat(bytes(store.newest().orElseThrow())).isEqualTo(bytes(checkpoint(3)));
      if (step == Step.SYNC_DIRECTORY) {
        // The machine stops, and the name that wasn't synced is gone.
        Files.delete(renamed);
        assertThat(bytes(store.newest().orElseThrow())).isEqualTo(bytes(checkpoint(2)));
      }
    } else {
      assertThat(bytes(store.newest().orElseThrow())).isEqualTo(bytes(checkpoint(2)));
    }
  }

  private CheckpointStore open(int keep) throws IOException {
    return open(keep, new DiskOperations());
  }

  private CheckpointStore open(int keep, FileOperations files) throws IOException {
    return CheckpointStore.open(directory(), keep, files, warnings::add);
  }

  private Path directory() {
    return folder.resolve("line");
  }

  private Path at(String name) {
    return directory().resolve(name);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
