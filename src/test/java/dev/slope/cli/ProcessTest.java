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
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: which code is loaded, and how it ends on a signal. */
class ProcessTest {
  private static final Path LINE = Path.of("configs", "line.json");

  private static final Pattern INTERRUPTED =
      Pattern.compile(
          "slope: interrupted after epoch (\\d+); nothing was exported; --resume goes on from epoch"
              + " \\1");

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
          new ProcessBuilder(
                  SlopeProcess.command(List.of("-Xlog:class+load:file=" + loaded), command))
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

  /** Else reading the config would wait for TensorFlow to be loaded, which comes beside it. */
  @Test
  void whatReadsAConfigIsLinkedBeforeTensorFlowIsLoaded() throws IOException, InterruptedException {
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                SlopeProcess.command(
                    List.of("-Xlog:jni+resolve=debug,class+load=info:file=" + log),
                    List.of("train", LINE.toString(), "--models", models().toString())))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();

    assertThat(process.waitFor()).as(output()).isZero();
    String all = Files.readString(log);
    String before = all.substring(0, all.indexOf("dev.slope.graph.NativeLibraries "));
    for (String linked : List.of(".environ ", ".read0 ", ".getLongAt0 ")) {
      assertThat(all).contains(linked);
      assertThat(before).contains(linked);
    }
  }

  /**
   * TensorFlow's libraries are copied from their jar first, which takes so long that all threads
   * come to load them together. Two that do it on their own hung in three of four such runs.
   */
  @RepeatedTest(2)
  void theFirstStartOnAMachineTrains() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                SlopeProcess.command(
                    List.of("-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("natives")),
                    List.of("train", LINE.toString(), "--models", models().toString())))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended: " + output()).isTrue();
      assertThat(process.exitValue()).as(output()).isZero();
      assertThat(models().resolve("line/1/saved_model.pb")).exists();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void anInterruptedTrainingSaysSoAndCanGoOn() throws IOException, InterruptedException {
    assertEndsInOrder("INT", 130);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void aTerminatedTrainingSaysSoAndCanGoOn() throws IOException, InterruptedException {
    assertEndsInOrder("TERM", 143);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void anInterruptedSearchSaysSoAndExportsNothing() throws IOException, InterruptedException {
    List<String> lines =
        signalled(
            "tune",
            List.of("--set", "/tune={\"parameters\": {\"/model/l2\": [0, 1]}, \"folds\": 2}"),
            "4 trainings together, epoch ",
            "INT",
            130);

    assertThat(lines).contains("tuning: 2 settings, 4 trainings, compared by mse");
    assertThat(lines.get(lines.size() - 1))
        .isEqualTo("slope: interrupted after 0 of 4 trainings; nothing was exported");
  }

  private void assertEndsInOrder(String signal, int exitCode)
      throws IOException, InterruptedException {
    List<String> lines = signalled("train", List.of(), "epoch ", signal, exitCode);

    String last = lines.get(lines.size() - 1);
    assertThat(last).matches(INTERRUPTED);
    assertOtherRunsAreRefused(models());
    assertContinues(models(), last);
  }

  private Path models() {
    return folder.resolve("models");
  }

  /**
   * The lines on standard error of a command that would run for hours and is sent a signal; it must
   * end with the exit code, no output and no model.
   *
   * @param awaited how the line begins after which the signal is sent
   */
  private List<String> signalled(
      String command, List<String> options, String awaited, String signal, int exitCode)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                LINE.toString(),
                "--models",
                models().toString(),
                "--set",
                "/training/epochs=2000000000"));
    arguments.addAll(options);
    Process process =
        new ProcessBuilder(SlopeProcess.command(List.of(), arguments))
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    try (BufferedReader err =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      List<String> lines = new ArrayList<>();
      for (String line = err.readLine(); line != null; line = err.readLine()) {
        lines.add(line);
        if (line.startsWith(awaited)) {
          break;
        }
      }
      assertThat(lines).anyMatch(line -> line.startsWith(awaited));

      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      err.lines().forEach(lines::add);
      assertThat(process.exitValue()).isEqualTo(exitCode);
      assertThat(output()).isEmpty();
      assertThat(models().resolve("line")).doesNotExist();
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }

  private static void assertOtherRunsAreRefused(Path models) {
    CommandResult otherRate = train(models, "/training/optimizer/learning_rate=0.02", "--resume");
    CommandResult otherData = train(models, "/data/train/variables/x/to=11", "--resume");

    assertThat(otherRate.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(otherRate.err())
        .contains(
            "is of another run: /training/optimizer/learning_rate/value was 0.01 and is 0.02. Set"
                + " that back, or train without --resume to start from the beginning");
    assertThat(otherData.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(otherData.err()).contains("data rows was 11 and is 12; data sha256 was ");
  }

  /** With as many epochs as were done, so that what is exported is the checkpoint itself. */
  private void assertContinues(Path models, String message) throws IOException {
    String epochs = INTERRUPTED.matcher(message).replaceFirst("$1");
    Path uninterrupted = folder.resolve("uninterrupted");

    CommandResult resumed = train(models, "/training/epochs=" + epochs, "--resume");
    CommandResult whole = train(uninterrupted, "/training/epochs=" + epochs);

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).doesNotContain("warning").contains("continuing after epoch ");
    assertThat(whole.exitCode()).isZero();
    String variables = "line/1/variables/variables.data-00000-of-00001";
    assertThat(models.resolve(variables)).hasSameBinaryContentAs(uninterrupted.resolve(variables));
    assertThat(models.resolve(".checkpoints")).doesNotExist();
  }

  /** However few epochs had run when the signal came, nothing is expected of their model. */
  private static CommandResult train(Path models, String change, String... options) {
    List<Object> arguments = new ArrayList<>(List.of("train", LINE, "--models", models));
    arguments.addAll(List.of("--set", "/expect={}", "--set", change));
    arguments.addAll(List.of(options));
    return CommandResult.of(arguments.toArray());
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("out.txt"));
  }
}
