package dev.slope.training.checkpoint;

import static dev.slope.training.checkpoint.CheckpointFixtures.fingerprint;
import static dev.slope.training.checkpoint.CheckpointFixtures.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slope.config.CheckpointConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCheckpointsTest {
  private static final Map<String, String> CPU = Map.of("device", "cpu");
  private static final CheckpointConfig EVERY_TEN_EPOCHS = new CheckpointConfig(10, 60, 2, null);

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();
  private long now;

  @Test
  void aShortRunMakesNothing() {
    try (RunCheckpoints run = run(false)) {
      run.begin(() -> CPU, 100);
      run.afterCall(
          9,
          () -> {
            throw new AssertionError("no state is asked for where none is due");
          });
      run.clear();
    }

    assertThat(directory()).doesNotExist();
    assertThat(warnings).isEmpty();
  }

  @Test
  void writesWhereOneIsDueAndContinuesFromThere() {
    try (RunCheckpoints run = run(false)) {
      assertThat(run.begin(() -> CPU, 100)).isEmpty();
      assertThat(run.epochsUntilDue(0)).isEqualTo(10);
      run.afterCall(10, () -> state(10));
      run.afterCall(13, () -> state(13));
      now += 60_000_000_000L;
      run.afterCall(14, () -> state(14));
      assertThat(run.lastEpoch()).hasValue(14);
    }
    try (RunCheckpoints run = run(true)) {
      TrainingState continued = run.begin(() -> CPU, 100).orElseThrow();

      assertThat(continued.epochsDone()).isEqualTo(14);
      assertThat(continued.floats("parameters")).containsExactly(14.5f, -1);
      run.clear();
    }
    assertThat(directory()).doesNotExist();
    assertThat(warnings).isEmpty();
  }

  @Test
  void writesOnCancelDueOrNotAndNoEpochTwice() {
    try (RunCheckpoints run = run(false)) {
      run.begin(() -> CPU, 100);
      run.onCancel(3, () -> state(3));
      assertThat(run.lastEpoch()).hasValue(3);
      run.onCancel(
          3,
          () -> {
            throw new AssertionError("it is on the disk already");
          });
    }
    assertThat(directory().resolve("checkpoint-1")).exists();
  }

  @Test
  void anInterruptOfTheThreadDoesNotStopTheWrite() {
    try (RunCheckpoints run = run(false)) {
      run.begin(() -> CPU, 100);
      Thread.currentThread().interrupt();
      run.onCancel(3, () -> state(3));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(run.prospect()).isEqualTo("--resume goes on from epoch 3");
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void aTrainingWithoutStateSaysSoToWhoResumesIt() {
    try (RunCheckpoints run = run(false)) {
      run.beginWithout("newton keeps none");

      assertThat(warnings).isEmpty();
      assertThat(run.prospect()).isEqualTo("newton keeps none");
    }
    try (RunCheckpoints run = run(true)) {
      run.beginWithout("newton keeps none");

      assertThat(warnings)
          .containsExactly("there is nothing to resume: newton keeps none; training starts anew");
    }
  }

  @Test
  void startsFromTheBeginningWhereThereIsNone() {
    try (RunCheckpoints run = run(true)) {
      assertThat(run.begin(() -> CPU, 100)).isEmpty();
    }
    assertThat(warnings)
        .containsExactly(
            "there is no checkpoint to continue from in '%s'; training starts from the beginning"
                .formatted(directory()));
    assertThat(directory()).doesNotExist();
  }

  @Test
  void aRunThatStartsAnewSaysWhatItReplaces() {
    interruptedAfter(50);

    try (RunCheckpoints run = run(false)) {
      assertThat(run.begin(() -> CPU, 100)).isEmpty();
      assertThat(warnings)
          .containsExactly(
              "'%s' has a checkpoint of an earlier run, which --resume would continue; this run"
                      .formatted(directory())
                  + " starts from the beginning and replaces it with its own");
      run.afterCall(10, () -> state(10));
    }
    assertThat(continued().orElseThrow().epochsDone()).isEqualTo(10);
  }

  @Test
  void refusesTheCheckpointOfAnotherRun() {
    interruptedAfter(50);

    try (RunCheckpoints run = run(true)) {
      assertThatThrownBy(() -> run.begin(() -> Map.of("device", "gpu"), 100))
          .isInstanceOf(CheckpointException.class)
          .hasMessage(
              "the checkpoint of epoch 50 in '%s' is of another run: device was cpu and is gpu. Set"
                      .formatted(directory())
                  + " that back, or train without --resume to start from the beginning");
    }
    assertThat(continued()).isPresent();
  }

  @Test
  void showsFiveDifferencesAndCountsTheOthers() {
    interruptedAfter(50);

    try (RunCheckpoints run = run(true)) {
      assertThatThrownBy(
              () -> run.begin(() -> Map.of("a", "1", "b", "1", "c", "1", "d", "1", "e", "1"), 100))
          .hasMessageContaining("d was absent and is 1; device was cpu and is absent; and 1 more.");
    }
  }

  @Test
  void refusesFewerEpochsThanAreDoneAndTakesMore() {
    interruptedAfter(50);

    try (RunCheckpoints run = run(true)) {
      assertThatThrownBy(() -> run.begin(() -> CPU, 49))
          .hasMessage(
              "/training/epochs must be >= 50, those that the checkpoint in '%s' has done, but was"
                      .formatted(directory())
                  + " 49");
    }
    try (RunCheckpoints run = run(true)) {
      assertThat(run.begin(() -> CPU, 5000)).isPresent();
    }
  }

  @Test
  void aDiskThatIsFullIsToldOnceAndEndsNothing() {
    interruptedAfter(50);
    warnings.clear();
    FileOperations full = new FaultyOperations(FaultyOperations.Step.WRITE, true);
    try (RunCheckpoints run = run(true, full)) {
      run.begin(() -> CPU, 100);
      run.afterCall(60, () -> state(60));
      run.afterCall(70, () -> state(70));
      assertThat(warnings)
          .containsExactly(
              "no checkpoint of epoch 60 could be written to '%s': no space left at WRITE; that of"
                      .formatted(directory())
                  + " epoch 50 stays");
      run.onCancel(75, () -> state(75));

      assertThat(warnings).hasSize(2);
      assertThat(run.lastEpoch()).hasValue(50);
    }
    assertThat(continued().orElseThrow().epochsDone()).isEqualTo(50);
  }

  @Test
  void aDirectoryThatCannotBeMadeIsAWarning() throws IOException {
    Files.createFile(folder.resolve(".checkpoints"));

    try (RunCheckpoints run = run(false)) {
      run.begin(() -> CPU, 100);
      run.afterCall(10, () -> state(10));

      assertThat(run.lastEpoch()).isEqualTo(OptionalLong.empty());
    }
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("no checkpoint of epoch 10 could be written to '" + directory() + "': ")
        .endsWith("; there is none before it");
  }

  @Test
  void twoRunsDoNotShareADirectory() {
    interruptedAfter(50);
    warnings.clear();
    try (RunCheckpoints first = run(true);
        RunCheckpoints second = run(false);
        RunCheckpoints third = run(true)) {
      first.begin(() -> CPU, 100);
      second.begin(() -> CPU, 100);
      warnings.clear();
      second.afterCall(10, () -> state(10));

      assertThat(warnings)
          .singleElement()
          .asString()
          .contains(
              ": another run is using it; wait for that one, or name another"
                  + " /training/checkpoint/directory; there is none before it");
      assertThatThrownBy(() -> third.begin(() -> CPU, 100))
          .isInstanceOf(CheckpointException.class)
          .hasMessageStartingWith(
              "the run can't continue from '%s': another run is using it;".formatted(directory()));
    }
    assertThat(continued().orElseThrow().epochsDone()).isEqualTo(50);
  }

  @Test
  void theDirectoryIsTheConfigsElseAHiddenOne() {
    Path models = Path.of("models");

    assertThat(RunCheckpoints.directory(EVERY_TEN_EPOCHS, models, "line"))
        .isEqualTo(Path.of("models", ".checkpoints", "line"));
    assertThat(RunCheckpoints.directory(new CheckpointConfig(null, 60, 2, "here"), models, "line"))
        .isEqualTo(Path.of("here"));
  }

  private void interruptedAfter(long epochsDone) {
    try (RunCheckpoints run = run(false)) {
      run.begin(() -> CPU, 100);
      run.onCancel(epochsDone, () -> state(epochsDone));
    }
  }

  private Optional<TrainingState> continued() {
    try (RunCheckpoints run = run(true)) {
      return run.begin(() -> CPU, 100);
    }
  }

  private RunCheckpoints run(boolean resume) {
    return run(resume, new DiskOperations());
  }

  private RunCheckpoints run(boolean resume, FileOperations files) {
    return new RunCheckpoints(
        EVERY_TEN_EPOCHS,
        directory(),
        () -> fingerprint("/seed", "7"),
        resume,
        warnings::add,
        files,
        new CheckpointPolicy(EVERY_TEN_EPOCHS, () -> now));
  }

  private Path directory() {
    return RunCheckpoints.directory(EVERY_TEN_EPOCHS, folder, "line");
  }
}
