package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that its reader has no right to read. Where the tests run as root, who may read all files,
 * a process without that right does.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such permissions")
class UnreadableDataTest {
  private static final String RIGHTS_TO_READ_ALL = "-dac_override,-dac_read_search";

  @TempDir Path folder;

  @Test
  void permissionDenied() throws IOException, InterruptedException {
    Path data = Files.writeString(folder.resolve("rows.csv"), "x,y\n1,2\n");
    Files.writeString(
        folder.resolve("run.json"),
        """
        {"data": {"train": "rows.csv"}, "label": "y", "model": "linear_regression", "training": {}}
        """);
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("-wx------"));
    List<String> command = new ArrayList<>();
    if (Files.isReadable(data)) {
      command.addAll(
          List.of(
              "setpriv",
              "--bounding-set=" + RIGHTS_TO_READ_ALL,
              "--inh-caps=" + RIGHTS_TO_READ_ALL));
    }
    command.addAll(
        SlopeProcess.command(
            List.of(),
            List.of(
                "train",
                folder.resolve("run.json").toString(),
                "--models",
                folder.resolve("models").toString())));
    Path output = folder.resolve("output.txt");

    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertThat(process.waitFor()).as(Files.readString(output)).isEqualTo(ExitCode.FAILED);
    assertThat(output).hasContent("slope: rows.csv can't be read: permission denied\n");
    assertThat(folder.resolve("models")).doesNotExist();
  }
}
