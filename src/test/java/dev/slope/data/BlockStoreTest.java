package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockStoreTest {
  @TempDir private Path directory;

  /** Two blocks of 3 x 2 floats are 48 bytes; 40 hold one of them. */
  @Test
  void whatIsAboveTheLimitIsInAFileThatHasNoName() throws IOException {
    try (BlockStore store = new BlockStore(Precision.FLOAT32, 40, directory.resolve("models"))) {
      FloatBlock first = store.allocate(3, 2);
      assertThat(store.hasSpilled()).isFalse();
      FloatBlock second = store.allocate(3, 2);
      FloatBlock small = store.allocate(1, 1);
      first.set(2, 1, 1);
      second.set(2, 1, 2);
      small.set(0, 0, 3);

      assertThat(store.hasSpilled()).isTrue();
      assertThat(List.of(first.isInFile(), second.isInFile(), small.isInFile()))
          .containsExactly(false, true, true);
      assertThat(first.get(2, 1)).isEqualTo(1);
      assertThat(second.get(2, 1)).isEqualTo(2);
      assertThat(second.get(0, 0)).isZero();
      assertThat(small.get(0, 0)).isEqualTo(3);
      assertThat(second.head(1).isInFile()).isTrue();
    }
    try (Stream<Path> left = Files.list(directory.resolve("models"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aTableIsTheSameInMemoryAndInAFile() {
    FloatMatrix inMemory = fill(BlockStore.inMemory());
    try (BlockStore store = new BlockStore(Precision.FLOAT32, 0, directory)) {
      FloatMatrix inFile = fill(store);

      assertThat(inMemory.isInFile()).isFalse();
      assertThat(inFile.isInFile()).isTrue();
      assertThat(Fingerprint.ofValues(inFile)).isEqualTo(Fingerprint.ofValues(inMemory));
      assertThat(Fingerprint.ofValues(inFile.columns(1, 2, store)))
          .isEqualTo(Fingerprint.ofValues(inMemory.columns(1, 2)));
    }
  }

  // A byte more than the memory there is: 2 x 2 doubles are 32 bytes, and don't fit into 31.
  @Test
  void doublesTakeEightBytesEach() {
    try (BlockStore store = new BlockStore(Precision.FLOAT64, 31, directory)) {
      FloatBlock block = store.allocate(2, 2);
      block.set(1, 0, 0.1);

      assertThat(block.isInFile()).isTrue();
      assertThat(block.precision()).isEqualTo(Precision.FLOAT64);
      assertThat(block.get(1, 0)).isEqualTo(0.1);
      assertThat(block.rows(1, 1).get(0, 0)).isEqualTo(0.1);
      assertThat(block.columns(0, 1, store).get(1, 0)).isEqualTo(0.1);
    }
  }

  private static FloatMatrix fill(BlockStore store) {
    MatrixWriter writer = new MatrixWriter(List.of("a", "b"), store);
    for (int row = 0; row < 3_000; row++) {
      writer.add(FloatArray.of(row, -row));
    }
    return writer.finish();
  }
}
