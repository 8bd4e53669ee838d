package dev.slope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

  /**
   * What is trained: about as long in its epochs as in all else. A checkpoint is written every few
   * milliseconds, so that many kills hit the write of one; the optimizer has slots, the rate
   * changes, and the best weights are kept.
   */
  private enum Training {
    /** Steps over all rows in memory; a schedule that the epoch alone decides. */
    FULL_BATCH(
        4_500,
        4_499,
        "",
        """
        "optimizer": {
          "type": "adam",
          "learning_rate": 0.003,
          "schedule": {"type": "cosine", "decay_epochs": 6000}
        },
        "plan": "full_batch",
        "stop": {"patience": 100},
        "checkpoint": {"every_epochs": 25}
        """),
    /**
     * Shuffled batches from a file, for the rows take three times their memory; a schedule that the
     * losses decide; validation rows, which end it after 272 epochs.
     */
    STREAMING(
        400,
        200,
        """
        , "split": {"method": "random", "validation": 0.2}
        """,
        """
        "optimizer": {
          "type": "momentum",
          "learning_rate": 0.00001,
          "schedule": {
            "type": "reduce_on_plateau", "factor": 0.97, "patience_epochs": 5, "min_delta": 0.1
          }
        },
        "batch_size": 64,
        "memory": 100000,
        "stop": {"patience": 20},
        "checkpoint": {"every_epochs": 5}
        """);

    private final int epochs;
    private final int fewerEpochs;
    private final String split;
    private final String training;

    Training(int epochs, int fewerEpochs, String split, String training) {
      this.epochs = epochs;
      this.fewerEpochs = fewerEpochs;
      this.split = split;
      this.training = training;
    }

    String config() {
      return """
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
          %s
        },
        "label": "z",
        "model": {"type": "linear_regression", "initializer": "uniform"},
        "training": {%s},
        "report": {"plots": false}
      }
      """
          .formatted(split, training);
    }

    String fileName() {
      return this + ".json";
    }
  }

  @TempDir Path folder;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void endsInTheBytesOfTheRunThatWasNeverKilled()
      throws IOException, InterruptedException, ExecutionException {
    Map<Training, Uninterrupted> uninterrupted = uninterrupted();

    List<Story> stories = stories(uninterrupted);

    assertThat(stories.stream().mapToInt(Story::kills).sum()).isEqualTo(KILLS);
    for (Story story : stories) {
      assertThat(story.last().exitCode()).as(story.last().err()).isZero();
      assertThat(story.result())
          .as("%s", story)
          .isEqualTo(Objects.requireNonNull(uninterrupted.get(story.training())).result());
      assertThat(folder.resolve(story.model()).resolve(".checkpoints")).doesNotExist();
    }
    // Many are killed before their first checkpoint, more where other work slows their start; of
    // the others none begins anew.
    for (Training training : Training.values()) {
      List<Story> its = stories.stream().filter(story -> story.training() == training).toList();
      assertThat(its.stream().filter(story -> story.last().hasContinued()).count())
          .as("%s of %d", training, its.size())
          .isGreaterThan(its.size() / 10);
    }
  }

  /**
   * The run that nobody kills.
   *
   * @param millis how long it took
   */
  private record Uninterrupted(Result result, long millis) {}

  /** Both trainings side by side, as the others run: alone they would be over too early. */
  private Map<Training, Uninterrupted> uninterrupted()
      throws IOException, InterruptedException, ExecutionException {
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      Map<Training, Future<Uninterrupted>> running = new EnumMap<>(Training.class);
      for (Training training : Training.values()) {
        Files.writeString(folder.resolve(training.fileName()), training.config());
        running.put(training, two.submit(() -> uninterrupted(training)));
      }
      Map<Training, Uninterrupted> ended = new EnumMap<>(Training.class);
      for (Training training : Training.values()) {
        ended.put(training, Objects.requireNonNull(running.get(training)).get());
      }
      return ended;
    } finally {
      two.shutdownNow();
    }
  }

  private Uninterrupted uninterrupted(Training training) throws IOException, InterruptedException {
    Path shorter = folder.resolve("shorter-" + training);
    Path whole = folder.resolve("whole-" + training);
    Life early = live(training, shorter, training.fewerEpochs, false, Long.MAX_VALUE);
    long start = System.nanoTime();
    Life life = live(training, whole, training.epochs, false, Long.MAX_VALUE);
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertThat(life.exitCode()).as(life.err()).isZero();
    assertThat(early.exitCode()).as(early.err()).isZero();
    String plan = training == Training.STREAMING ? "plan streaming" : "plan full_batch";
    assertThat(life.err()).contains(plan);
    Result result = Result.of(whole);
    // Were it at rest by then, its bytes would show nothing.
    assertThat(Result.of(shorter).variables()).isNotEqualTo(result.variables());
    return new Uninterrupted(result, millis);
  }

  /** As many models as it takes, two at a time, each in a folder of its own. */
  private List<Story> stories(Map<Training, Uninterrupted> uninterrupted)
      throws InterruptedException, ExecutionException {
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      List<Future<Story>> told = new ArrayList<>();
      for (int kills = 0; kills < KILLS; ) {
        int number = told.size();
        int times = number % TWICE == 0 ? Math.min(2, KILLS - kills) : 1;
        kills += times;
        Training training = Training.values()[number % Training.values().length];
        long millis = Objects.requireNonNull(uninterrupted.get(training)).millis();
        told.add(two.submit(() -> story(training, "model-" + number, times, number, millis)));
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
  private record Story(Training training, String model, int kills, Life last, Result result) {}

  private Story story(Training training, String model, int times, long number, long lifetimeMillis)
      throws IOException, InterruptedException {
    Random random = new Random(SEED + number);
    Path models = folder.resolve(model);
    int kills = 0;
    while (kills < times) {
      long moment = (long) (random.nextDouble() * lifetimeMillis);
      Life life = live(training, models, training.epochs, kills > 0, moment);
      // One that was done before its moment came has told nothing.
      kills += life.exitCode() == KILLED ? 1 : 0;
    }
    Life last = live(training, models, training.epochs, true, Long.MAX_VALUE);
    return new Story(training, model, kills, last, Result.of(models));
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

  private Life live(Training training, Path models, int epochs, boolean resume, long milliseconds)
      throws IOException, InterruptedException {
    Files.createDirectories(models);
    Path err = models.resolve("err.txt");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                folder.resolve(training.fileName()).toString(),
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
