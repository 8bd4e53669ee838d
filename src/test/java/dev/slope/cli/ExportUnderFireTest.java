package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.data.FloatBlock;
import dev.slope.export.ServedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports that are killed, that run out of space, that meet others, and a server that polls. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals and no ulimit")
class ExportUnderFireTest {
  private static final int KILLS_EACH = 6;
  private static final int KEPT = 10;
  private static final long SEED = 20261129;

  /** A process trains the line and exports it some 10 times a second, until it is killed. */
  static final class Exports {
    private Exports() {}

    public static void main(String[] models) {
      while (true) {
        CommandResult exported =
            CommandResult.of(
                "train",
                Path.of("configs", "line.json"),
                "--models",
                models[0],
                "--set",
                "/report/plots=false",
                "--set",
                "/export/warmup_rows=3",
                "--set",
                "/export/keep=" + KEPT);
        if (exported.exitCode() != 0) {
          throw new IllegalStateException(exported.err());
        }
      }
    }
  }

  @TempDir Path folder;

  /**
   * Two processes export into one folder and are killed at random moments, again and again. Whoever
   * looks meanwhile finds whole versions alone: the newest loads and predicts, and no other has
   * less than the first one had.
   */
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aPollingServerSeesWholeVersionsAlone() throws Exception {
    Path models = folder.resolve("models");
    Path line = models.resolve("line");
    assertThat(train(models).exitCode()).isZero();
    List<String> files = Folders.contents(line.resolve("1"));
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    Poller poller = new Poller(line, files);
    try {
      Future<Integer> polls = threads.submit(() -> poller.run(done));
      List<Future<Integer>> killers = new ArrayList<>();
      for (int process = 0; process < 2; process++) {
        Random random = new Random(SEED + process);
        killers.add(threads.submit(() -> exportAndKill(models, random)));
      }
      for (Future<Integer> killer : killers) {
        assertThat(killer.get()).isEqualTo(KILLS_EACH);
      }
      done.set(true);
      assertThat(polls.get()).as("versions that were loaded").isGreaterThan(2);
    } finally {
      done.set(true);
      threads.shutdownNow();
    }

    // The next export removes what the dead left, and old versions.
    assertThat(train(models, "/export/keep=2").exitCode()).isZero();
    try (Stream<Path> left = Files.list(line)) {
      assertThat(left).allMatch(path -> path.getFileName().toString().matches("\\d+")).hasSize(2);
    }
  }

  /** How many it killed. */
  private static int exportAndKill(Path models, Random random) throws Exception {
    int kills = 0;
    while (kills < KILLS_EACH) {
      long before = newest(models.resolve("line"));
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Exports.class.getName(),
                  models.toString())
              .redirectErrorStream(true)
              .redirectOutput(models.resolve("out.txt").toFile())
              .start();
      try {
        while (process.isAlive() && newest(models.resolve("line")) == before) {
          Thread.sleep(5);
        }
        assertThat(process.isAlive()).as("the exporting process").isTrue();
        Thread.sleep(random.nextInt(300));
      } finally {
        process.destroyForcibly().waitFor();
      }
      kills++;
    }
    return kills;
  }

  private static int newest(Path line) {
    try (Stream<Path> versions = Files.list(line)) {
      return versions
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .mapToInt(Integer::parseInt)
          .max()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks as a server does, but without a pause. */
  private static final class Poller {
    private final Path line;
    private final List<String> files;

    Poller(Path line, List<String> files) {
      this.line = line;
      this.files = files;
    }

    /** Looks until it is told to stop; how many versions it loaded. */
    int run(AtomicBoolean done) throws IOException {
      int loaded = 0;
      int last = 0;
      while (!done.get()) {
        requireWhole();
        int newest = newest(line);
        if (newest != last) {
          last = newest;
          try (ServedModel model = ServedModel.load(line.resolve(Integer.toString(newest)))) {
            // y = 2.07596 x + 0.472563 after 100 epochs, as the README shows
            assertThat(model.predict(FloatBlock.of(1, 10)).get(0, 0)).isBetween(21.2, 21.3);
          }
          loaded++;
        }
      }
      return loaded;
    }

    private void requireWhole() throws IOException {
      List<Path> versions;
      try (Stream<Path> children = Files.list(line)) {
        versions = children.filter(path -> path.getFileName().toString().matches("\\d+")).toList();
      }
      for (Path version : versions) {
        List<String> found;
        try {
          found = Folders.contents(version);
        } catch (NoSuchFileException | UncheckedIOException e) {
          found = List.of(); // it went while we looked
        }
        if (!found.containsAll(files)) {
          assertThat(version).as("%s, which has only %s", version, found).doesNotExist();
        }
      }
    }
  }

  /**
   * The system refuses to let a file grow beyond a limit, as it does on a full disk: in {@code
   * saved_model.pb} or the description, and with the larger limit in the requests to warm up with.
   */
  @ParameterizedTest
  @CsvSource({"1, 0", "8, 0", "128, 500"})
  void aFullDiskLeavesNothing(int kibibytes, int warmupRows) throws Exception {
    Path models = Files.createDirectory(folder.resolve("models"));
    List<String> command =
        SlopeProcess.command(
            List.of("-XX:-UsePerfData"),
            List.of(
                "train",
                Path.of("configs", "diabetes.json").toString(),
                "--models",
                models.toString(),
                "--set",
                "/report/plots=false",
                "--set",
                "/export/warmup_rows=" + warmupRows));
    List<String> limited = new ArrayList<>();
    limited.add("bash");
    limited.add("-c");
    limited.add("ulimit -f " + kibibytes + "; exec \"$@\" 2>&1 | cat");
    limited.add("limited");
    limited.addAll(command);
    Process process = new ProcessBuilder(limited).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();

    assertThat(said)
        .contains(
            "slope: '%s' can't be written: File too large; free space, change its permissions or choose another directory"
                .formatted(models.resolve("diabetes")));
    assertThat(Folders.contents(models)).isEmpty();
  }

  /** Nobody, not even the superuser, makes a folder there. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFolderThatCantBeWrittenIsSaidBeforeTraining() {
    CommandResult result = train(Path.of("/proc/self"));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("slope: '/proc/self/line' can't be written: ")
        .endsWith("; free space, change its permissions or choose another directory\n")
        .doesNotContain("epoch ");
  }

  private static CommandResult train(Path models, String... settings) {
    List<Object> words =
        new ArrayList<>(List.of("train", Path.of("configs", "line.json"), "--models", models));
    for (String setting :
        Stream.concat(Stream.of("/report/plots=false"), Stream.of(settings)).toList()) {
      words.addAll(List.of("--set", setting));
    }
    return CommandResult.of(words.toArray());
  }
}
