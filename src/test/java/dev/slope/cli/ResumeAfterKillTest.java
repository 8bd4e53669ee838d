package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes that are killed at random moments of their lives, while they start, load, train
 * and export, and those that come after them.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
class ResumeAfterKillTest {
  private static final int KILLS = 50;
  private static final int KILLED = 128 + 9;
  private static final long SEED = 20261124;

  /** Each so many models, the run that resumes is killed as well. */
  private static final int TWICE = 3;

  private static final int EPOCHS = 3_000;

  /**
   * About as long in its epochs as in all else. A checkpoint is written every few milliseconds, so
   * that many kills hit the write of one; the optimizer has slots, the rate changes, and the best
   * weights are kept.
   */
  private static final String CONFIG =
      """
      {
        "name": "killed",
        "data": {
          "train": {
            "type": "synthetic",
            "equation": "z = 3u - 2v + 0.5w + 4",
            "variables": {
              "u": {"type": "uniform", "low": -1, "high": 1},
              "v": {"type": "uniform", "low": 0, "high": 10},
              "w": {"type": "normal", "mean": 5, "standard_deviation": 2}
            },
            "noise": 1,
            "rows": 20000
          }
        },
        "label": "z",
        "model": {"type": "linear_regression", "initializer": "uniform"},
        "training": {
          "optimizer": {
            "type": "adam",
            "learning_rate": 0.003,
            "schedule": {"type": "cosine", "decay_epochs": 4000}
          },
          "plan": "full_batch",
          "epochs": 3000,
          "stop": {"patience": 100},
          "checkpoint": {"every_epochs": 25}
        },
        "report": {"plots": false}
      }
      """;

  @TempDir Path folder;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void endsInTheBytesOfTheRunThatWasNeverKilled()
      throws IOException, InterruptedException, ExecutionException {
    Files.writeString(folder.resolve("killed.json"), CONFIG);
    long start = System.nanoTime();
    // Two at a time, as the others: a life alone would be over before theirs has trained.
    Future<Life> shorter =
        ForkJoinPool.commonPool()
            .submit(() -> live(folder.resolve("shorter"), EPOCHS - 1, false, Long.MAX_VALUE));
    Life uninterrupted = live(folder.resolve("uninterrupted"), EPOCHS, false, Long.MAX_VALUE);
    long lifetimeMillis = (System.nanoTime() - start) / 1_000_000;
    Result expected = Result.of(folder.resolve("uninterrupted"));
    assertThat(uninterrupted.exitCode()).as(uninterrupted.err()).isZero();
    assertThat(shorter.get().exitCode()).isZero();
    // Were it at rest by then, its bytes would show nothing.
    assertThat(Result.of(folder.resolve("shorter")).variables()).isNotEqualTo(expected.variables());

    List<Story> stories = stories(lifetimeMillis);

    assertThat(stories.stream().mapToInt(Story::kills).sum()).isEqualTo(KILLS);
    for (Story story : stories) {
      assertThat(story.last().exitCode()).as(story.last().err()).isZero();
      assertThat(story.result()).isEqualTo(expected);
      assertThat(folder.resolve(story.model()).resolve(".checkpoints")).doesNotExist();
    }
    // Some are killed before their first checkpoint; of the others none begins anew.
    assertThat(stories.stream().filter(story -> story.last().hasContinued()).count())
        .isGreaterThan(stories.size() / 4);
  }

  /** As many models as it takes, two at a time, each in a folder of its own. */
  private List<Story> stories(long lifetimeMillis) throws InterruptedException, ExecutionException {
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      List<Future<Story>> told = new ArrayList<>();
      for (int kills = 0; kills < KILLS; ) {
        int number = told.size();
        int times = number % TWICE == 0 ? Math.min(2, KILLS - kills) : 1;
        kills += times;
        told.add(two.submit(() -> story("model-" + number, times, number, lifetimeMillis)));
      }
      List<Story> stories = new ArrayList<>();
      for (Future<Story> story : told) {
        stories.add(story.get());
      }
      return stories;
    } finally {
      two.shutdownNow();
    }
  }

  /**
   * What became of a model.
   *
   * @param kills how many of its runs were killed
   * @param last the run that nobody killed
   */
  private record Story(String model, int kills, Life last, Result result) {}

  private Story story(String model, int times, long number, long lifetimeMillis)
      throws IOException, InterruptedException {
    Random random = new Random(SEED + number);
    Path models = folder.resolve(model);
    int kills = 0;
    while (kills < times) {
      Life life = live(models, EPOCHS, kills > 0, (long) (random.nextDouble() * lifetimeMillis));
      // One that was done before its moment came has told nothing.
      kills += life.exitCode() == KILLED ? 1 : 0;
    }
    Life last = live(models, EPOCHS, true, Long.MAX_VALUE);
    return new Story(model, kills, last, Result.of(models));
  }

  /**
   * What a process did.
   *
   * @param err its standard error
   */
  private record Life(int exitCode, String err) {
    boolean hasContinued() {
      return err.contains("continuing after epoch ");
    }
  }

  private Life live(Path models, int epochs, boolean resume, long milliseconds)
      throws IOException, InterruptedException {
    Files.createDirectories(models);
    Path err = models.resolve("err.txt");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                folder.resolve("killed.json").toString(),
                "--models",
                models.toString(),
                "--set",
                "/training/epochs=" + epochs));
    if (resume) {
      arguments.add("--resume");
    }
    Process process =
        new ProcessBuilder(SlopeProcess.command(List.of("-XX:+UseSerialGC"), arguments))
            .redirectOutput(models.resolve("out.txt").toFile())
            .redirectError(err.toFile())
            .start();
    try {
      if (!process.waitFor(milliseconds, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      return new Life(process.waitFor(), Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * What a run left, of its newest version.
   *
   * @param variables the weights, every byte of them
   * @param model the coefficients on both scales
   * @param history without the clock's column
   */
  private record Result(List<Byte> variables, String model, String history) {
    static Result of(Path models) throws IOException {
      Path version = newest(models.resolve("killed"));
      List<Byte> variables = new ArrayList<>();
      for (byte value :
          Files.readAllBytes(version.resolve("variables/variables.data-00000-of-00001"))) {
        variables.add(value);
      }
      StringBuilder history = new StringBuilder();
      for (String line : Files.readAllLines(version.resolve("assets.extra/history.csv"))) {
        history.append(line, 0, line.lastIndexOf(',')).append('\n');
      }
      return new Result(
          variables,
          Files.readString(version.resolve("assets.extra/model.json")),
          history.toString());
    }

    /** Whoever is killed after its export exports again. */
    private static Path newest(Path model) {
      try (Stream<Path> versions = Files.list(model)) {
        return versions
            .filter(path -> path.getFileName().toString().matches("\\d+"))
            .max(Comparator.comparing(path -> Integer.parseInt(path.getFileName().toString())))
            .orElseThrow();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
