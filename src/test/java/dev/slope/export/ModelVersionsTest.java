package dev.slope.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which versions an export removes. */
class ModelVersionsTest {
  @TempDir Path models;
  private ModelVersions versions;

  @BeforeEach
  void fourVersions() throws IOException {
    versions = new ModelVersions(models, "line");
    for (int number = 8; number <= 11; number++) {
      make(number);
    }
  }

  @Test
  void theNewestByNumberStay() throws IOException {
    assertThat(versions.removeOld(2, null)).isEmpty();
    assertThat(left()).containsExactlyInAnyOrder("10", "11");
    assertThat(versions.removeOld(2, null)).isEmpty();
    assertThat(left()).hasSize(2);
  }

  /** Two exports began while 8 was the newest; the second one finds 9 to 11 newer. */
  @Test
  void theOneThatServersMayStillHaveStays() throws IOException {
    assertThat(versions.removeOld(2, version(8))).isEmpty();
    assertThat(left()).containsExactlyInAnyOrder("8", "10", "11");
  }

  @Test
  void whatSlopeDidNotExportStaysAndDoesNotCount() throws IOException {
    Files.createDirectories(version(12).resolve("variables")); // by another tool
    Files.createDirectories(version(3).resolve("assets.extra"));
    Files.createFile(version(13));
    Files.createSymbolicLink(version(2), version(10));

    assertThat(versions.removeOld(2, null)).isEmpty();
    assertThat(left()).containsExactlyInAnyOrder("2", "3", "10", "11", "12", "13");
    assertThat(version(10).resolve("assets.extra/model.json")).exists();
  }

  @Test
  void whatCantBeRemovedIsSaid() throws IOException {
    Path line = models.resolve("line");
    Files.setPosixFilePermissions(line, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      List<String> problems = versions.removeOld(3, null);
      if (Files.isWritable(line)) { // the superuser may do anything
        assertThat(problems).isEmpty();
        assertThat(left()).doesNotContain("8");
      } else {
        assertThat(problems).containsExactly(version(8) + " can't be removed: permission denied");
      }
    } finally {
      Files.setPosixFilePermissions(line, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private void make(int number) throws IOException {
    Files.createDirectories(version(number).resolve("assets.extra"));
    Files.createFile(version(number).resolve("assets.extra/model.json"));
  }

  private Path version(int number) {
    return models.resolve("line").resolve(Integer.toString(number));
  }

  private List<String> left() throws IOException {
    try (Stream<Path> children = Files.list(models.resolve("line"))) {
      return children.map(child -> child.getFileName().toString()).toList();
    }
  }
}
