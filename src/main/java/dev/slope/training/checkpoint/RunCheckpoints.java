package dev.slope.training.checkpoint;

import dev.slope.config.CheckpointConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one run. Until the first is due nothing is made on the disk, so a short run
 * leaves no trace.
 *
 * <p>A run that continues holds its directory from the beginning, and fails where another has it. A
 * run that doesn't holds it from its first checkpoint; where it can't be had then, or written to,
 * that is a warning, and the training goes on: a checkpoint that is missing costs time, never the
 * result.
 */
public final class RunCheckpoints implements Checkpoints, AutoCloseable {
  /** Where the checkpoints of all models are, below the folder of the models. */
  static final String HIDDEN_DIRECTORY = ".checkpoints";

  private static final int MAX_DIFFERENCES_SHOWN = 5;

  private final CheckpointConfig config;
  private final Path directory;
  private final Supplier<RunFingerprint> run;
  private final boolean resume;
  private final Consumer<String> warning;
  private final FileOperations files;
  private final CheckpointPolicy policy;
  private @Nullable CheckpointStore store;
  private @Nullable RunFingerprint fingerprint;
  private Supplier<Map<String, String>> engine = Map::of;
  private OptionalLong lastEpoch = OptionalLong.empty();
  private @Nullable String whyNone;
  private boolean failing;

  RunCheckpoints(
      CheckpointConfig config,
      Path directory,
      Supplier<RunFingerprint> run,
      boolean resume,
      Consumer<String> warning,
      FileOperations files,
      CheckpointPolicy policy) {
    this.config = config;
    this.directory = directory;
    this.run = run;
    this.resume = resume;
    this.warning = warning;
    this.files = files;
    this.policy = policy;
  }

  /**
   * The checkpoints of a run that is about to begin.
   *
   * @param directory of this run alone
   * @param run what decides its result besides what the trainer adds; asked for at most once, and
   *     only where a checkpoint is written or read
   * @param resume whether it continues from the newest checkpoint
   * @param warning told what goes wrong and ends nothing
   */
  public static RunCheckpoints of(
      CheckpointConfig config,
      Path directory,
      Supplier<RunFingerprint> run,
      boolean resume,
      Consumer<String> warning) {
    return new RunCheckpoints(
        config,
        directory,
        run,
        resume,
        warning,
        new DiskOperations(),
        new CheckpointPolicy(config, System::nanoTime));
  }

  /** Where a config keeps the checkpoints of a model: its own directory, else a hidden one. */
  public static Path directory(CheckpointConfig config, Path models, String name) {
    String own = config.directory();
    return own == null ? models.resolve(HIDDEN_DIRECTORY).resolve(name) : Path.of(own);
  }

  @Override
  public Optional<TrainingState> begin(Supplier<Map<String, String>> engineFacts, long epochs) {
    engine = engineFacts;
    if (resume) {
      return newest(epochs);
    }
    if (CheckpointStore.hasAny(directory)) {
      warning.accept(
          "'%s' has a checkpoint of an earlier run, which --resume would continue; this run starts"
                  .formatted(directory)
              + " from the beginning and replaces it with its own");
    }
    return Optional.empty();
  }

  @Override
  public void beginWithout(String why) {
    whyNone = why;
    if (resume) {
      warning.accept("there is nothing to resume: %s; training starts anew".formatted(why));
    }
  }

  @Override
  public long epochsUntilDue(long epochsDone) {
    return policy.epochsUntilDue(epochsDone);
  }

  @Override
  public void afterCall(long epochsDone, Supplier<TrainingState> state) {
    if (policy.isDue(epochsDone)) {
      write(epochsDone, state);
    }
  }

  @Override
  public void onCancel(long epochsDone, Supplier<TrainingState> state) {
    failing = false;
    write(epochsDone, state);
  }

  /** After how many epochs the newest checkpoint on the disk was written, or read. */
  OptionalLong lastEpoch() {
    return lastEpoch;
  }

  /** What {@code --resume} would do if the run ended now, as a clause. */
  public String prospect() {
    if (lastEpoch.isPresent()) {
      return "--resume goes on from epoch " + lastEpoch.getAsLong();
    }
    return whyNone == null ? "no checkpoint could be written" : whyNone;
  }

  /** Removes them: the run has its result, or can't have one. */
  public void clear() {
    if (store != null) {
      store.clear();
      lastEpoch = OptionalLong.empty();
    }
  }

  /** Frees the directory for other runs. Idempotent. */
  @Override
  public void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }

  private Optional<TrainingState> newest(long epochs) {
    Optional<Checkpoint> newest =
        Files.isDirectory(directory) ? newestIn(directory) : Optional.empty();
    if (newest.isEmpty()) {
      warning.accept(
          "there is no checkpoint to continue from in '%s'; training starts from the beginning"
              .formatted(directory));
      return Optional.empty();
    }
    checkContinues(newest.get(), epochs);
    lastEpoch = OptionalLong.of(newest.get().state().epochsDone());
    return Optional.of(newest.get().state());
  }

  private Optional<Checkpoint> newestIn(Path existing) {
    try {
      return store().newest();
    } catch (IOException e) {
      throw new CheckpointException(
          "the run can't continue from '%s': %s".formatted(existing, CheckpointStore.reason(e)), e);
    }
  }

  private void checkContinues(Checkpoint checkpoint, long epochs) {
    List<String> differences = fingerprint().differencesFrom(checkpoint.fingerprint());
    long epochsDone = checkpoint.state().epochsDone();
    if (!differences.isEmpty()) {
      String shown =
          differences.stream().limit(MAX_DIFFERENCES_SHOWN).collect(Collectors.joining("; "));
      int more = differences.size() - MAX_DIFFERENCES_SHOWN;
      throw new CheckpointException(
          "the checkpoint of epoch %d in '%s' is of another run: %s%s. Set that back, or train"
                  .formatted(
                      epochsDone, directory, shown, more > 0 ? "; and " + more + " more" : "")
              + " without --resume to start from the beginning");
    }
    if (epochsDone > epochs) {
      throw new CheckpointException(
          "/training/epochs must be >= %d, those that the checkpoint in '%s' has done, but was %d"
              .formatted(epochsDone, directory, epochs));
    }
  }

  private void write(long epochsDone, Supplier<TrainingState> state) {
    if (lastEpoch.equals(OptionalLong.of(epochsDone))) {
      return;
    }
    // A channel closes itself under a thread that is interrupted: the very one that cancels.
    boolean interrupted = Thread.interrupted();
    try {
      store().write(new Checkpoint(fingerprint(), state.get()));
      lastEpoch = OptionalLong.of(epochsDone);
      failing = false;
    } catch (IOException e) {
      warnOnce(epochsDone, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    policy.attempted();
  }

  /** A disk that stays full is told once, not once a minute. */
  private void warnOnce(long epochsDone, IOException e) {
    if (failing) {
      return;
    }
    failing = true;
    warning.accept(
        "no checkpoint of epoch %d could be written to '%s': %s; %s"
            .formatted(
                epochsDone,
                directory,
                CheckpointStore.reason(e),
                lastEpoch.isPresent()
                    ? "that of epoch " + lastEpoch.getAsLong() + " stays"
                    : "there is none before it"));
  }

  private CheckpointStore store() throws IOException {
    if (store == null) {
      store = CheckpointStore.open(directory, config.keep(), files, warning);
    }
    return store;
  }

  private RunFingerprint fingerprint() {
    if (fingerprint == null) {
      fingerprint = run.get().and(engine.get());
    }
    return fingerprint;
  }
}
