package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: which code is loaded, and how it ends on a signal. */
class ProcessTest {
  private static final Path LINE = Path.of("configs", "line.json");

  @TempDir Path folder;

  @Test
  void checkingAConfigLoadsNoNativeCode() throws IOException, InterruptedException {
    Path loaded = folder.resolve("loaded.txt");
    for (List<String> command :
        List.of(
            List.of("--help"),
            List.of("schema"),
            List.of("render", LINE.toString()),
            List.of("validate", LINE.toString()))) {
      Process process =
          new ProcessBuilder(java(List.of("-Xlog:class+load:file=" + loaded), command))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("out.txt").toFile())
              .start();

      assertThat(process.waitFor()).as(command + ": " + output()).isZero();
      assertThat(Files.readString(loaded))
          .contains("dev.slope.cli.Main ")
          .doesNotContain("] org.tensorflow.", "] org.bytedeco.", "] org.duckdb.");
      Files.delete(loaded);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void anInterruptedTrainingSaysSoAndLeavesNothing() throws IOException, InterruptedException {
    assertEndsInOrder("INT", 130);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void aTerminatedTrainingSaysSoAndLeavesNothing() throws IOException, InterruptedException {
    assertEndsInOrder("TERM", 143);
  }

  private void assertEndsInOrder(String signal, int exitCode)
      throws IOException, InterruptedException {
    Path models = folder.resolve("models");
    Process process =
        new ProcessBuilder(
                java(
                    List.of(),
                    List.of(
                        "train",
                        LINE.toString(),
                        "--models",
                        models.toString(),
                        "--set",
                        "/training/epochs=2000000000")))
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    try (BufferedReader err =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      List<String> lines = new ArrayList<>();
      for (String line = err.readLine(); line != null; line = err.readLine()) {
        lines.add(line);
        if (line.startsWith("epoch ")) {
          break;
        }
      }
      assertThat(lines).anyMatch(line -> line.startsWith("epoch "));

      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      err.lines().forEach(lines::add);
      assertThat(lines.get(lines.size() - 1))
          .matches("slope: interrupted after epoch \\d+; nothing was exported");
      assertThat(process.exitValue()).isEqualTo(exitCode);
      assertThat(output()).isEmpty();
      assertThat(models).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("out.txt"));
  }

  /** The command of a JVM with this one's class path. */
  private static List<String> java(List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("dev.slope.cli.Main");
    command.addAll(arguments);
    return command;
  }
}
