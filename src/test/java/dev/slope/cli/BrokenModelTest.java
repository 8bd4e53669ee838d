package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What inspect, predict and evaluate say of a model that is missing or damaged. */
class BrokenModelTest {
  private static final String INDEX = "variables/variables.index";
  private static final String VALUES = "variables/variables.data-00000-of-00001";

  @TempDir static Path shared;

  @TempDir Path folder;

  @BeforeAll
  static void trainOnce() {
    CommandResult trained =
        CommandResult.of(
            "train",
            Path.of("configs", "line.json"),
            "--models",
            shared.resolve("models"),
            "--set",
            "/report/plots=false");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
  }

  @BeforeEach
  void copyTheModel() throws IOException {
    Folders.copy(shared.resolve("models"), folder.resolve("models"));
    Files.writeString(folder.resolve("rows.csv"), "x,y\n1,3\n2,5\n");
  }

  @Test
  void aModelThatIsMissing() {
    Path missing = folder.resolve("models/lime");

    assertAllFail(missing, missing + " does not exist; models there: line");
  }

  @Test
  void aVersionThatIsMissing() {
    Path missing = folder.resolve("models/line/7");

    assertAllFail(missing, missing + " does not exist");
  }

  @Test
  void aFileThatIsNoModel() {
    Path file = folder.resolve("rows.csv");

    assertAllFail(file, file + " must be the directory of a model, but is a file");
  }

  @Test
  void aFolderOfModels() {
    Path models = folder.resolve("models");

    assertAllFail(
        models,
        models + " has no version: a directory with a number as its name; models there: line");
  }

  @Test
  void aFileThatIsMissing() throws IOException {
    for (String name : List.of("saved_model.pb", INDEX, VALUES)) {
      Path file = version().resolve(name);
      byte[] content = Files.readAllBytes(file);
      Files.delete(file);

      assertAllFail(model(), file + " is missing; export the model again or use another version");
      Files.write(file, content);
    }
  }

  @Test
  void aDescriptionThatIsMissing() throws IOException {
    Path file = version().resolve("assets.extra/model.json");
    Files.delete(file);

    assertAllFail(
        model(), file + " is missing: " + version() + " was not exported by Slope, or not whole");
  }

  @Test
  void aDescriptionThatIsDamaged() throws IOException {
    Path file = version().resolve("assets.extra/model.json");
    truncate(file, 100);

    assertAllFail(model(), file + " is damaged; export the model again");
  }

  @Test
  void aGraphThatIsCutOff() throws IOException {
    Path file = version().resolve("saved_model.pb");
    long size = Files.size(file);
    for (long bytes : List.of(0L, 1L, size / 2, size - 1)) {
      Files.copy(
          shared.resolve("models/line/1/saved_model.pb"),
          file,
          StandardCopyOption.REPLACE_EXISTING);
      truncate(file, bytes);

      assertAllFail(model(), file + " is damaged; export the model again");
    }
  }

  @Test
  void valuesThatAreCutOff() throws IOException {
    for (String name : List.of(INDEX, VALUES)) {
      Path file = version().resolve(name);
      byte[] content = Files.readAllBytes(file);
      // Within the weights: what follows them in the file is not read to predict.
      truncate(file, 5);

      String message = file + " is damaged; export the model again";
      assertFails(message, CommandResult.of("predict", model(), folder.resolve("rows.csv")));
      assertFails(message, CommandResult.of("evaluate", model(), folder.resolve("rows.csv")));
      Files.write(file, content);
    }
  }

  @Test
  void aValueThatIsAnother() throws IOException {
    Path file = version().resolve(VALUES);
    byte[] content = Files.readAllBytes(file);
    content[0] ^= 1;
    Files.write(file, content);

    // Its checksum in the index tells.
    assertFails(
        file + " is damaged; export the model again",
        CommandResult.of("predict", model(), folder.resolve("rows.csv")));
  }

  private void assertAllFail(Path path, String message) {
    Path rows = folder.resolve("rows.csv");
    assertFails(message, CommandResult.of("inspect", path));
    assertFails(message, CommandResult.of("predict", path, rows));
    assertFails(message, CommandResult.of("evaluate", path, rows));
  }

  private static void assertFails(String message, CommandResult result) {
    assertThat(result.err()).isEqualTo("slope: " + message + "\n");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
  }

  private static void truncate(Path file, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  private Path model() {
    return folder.resolve("models/line");
  }

  private Path version() {
    return model().resolve("1");
  }
}
