package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHashTest {
  @TempDir private Path folder;

  // printf 'x\n1\n' | sha256sum
  private static final String X1 =
      "daff832f802000e645771a60983c76c963f6ee602a6230e45237bd360e91cc1a";

  @Test
  void isOfTheFileAsItWasWhenItBegan() throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "x\n1\n");
    try (FileHash hash = new FileHash(new DataFile(file, "t.csv"))) {
      hash.begin();
      assertThat(hash.hex()).isEqualTo(X1);
      Files.writeString(file, "x\n2\n");
      hash.begin();
      assertThat(hash.hex()).isEqualTo(X1);
    }
  }

  @Test
  void namesAFileThatCannotBeRead() {
    try (FileHash hash = new FileHash(new DataFile(folder.resolve("none.csv"), "none.csv"))) {
      hash.begin();
      assertThatThrownBy(hash::hex)
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("none.csv can't be read: ");
    }
  }

  // A terabyte of zeros, of which the disk holds none: to hash it takes ten minutes and more.
  @Test
  void closingGivesUp() throws IOException {
    Path file = folder.resolve("large.csv");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(1L << 40);
    }
    FileHash hash = new FileHash(new DataFile(file, "large.csv"));
    hash.begin();
    hash.close();
    assertThatThrownBy(hash::hex).isInstanceOf(CancellationException.class);
  }
}
