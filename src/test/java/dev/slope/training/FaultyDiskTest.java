package dev.slope.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slope.config.CheckpointConfig;
import dev.slope.training.checkpoint.FaultyCheckpoints;
import dev.slope.training.checkpoint.FaultyCheckpoints.Fault;
import dev.slope.training.checkpoint.RunCheckpoints;
import dev.slope.training.checkpoint.RunFingerprint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever step of writing a checkpoint fails, the training and its resumption end the same. */
class FaultyDiskTest {
  private static final CheckpointConfig EVERY_FIVE_EPOCHS = new CheckpointConfig(5, 60, 1, null);
  private static final TrainingJob JOB = TrainingFixtures.line(0.01, 40);
  private static final long FIRST_RUN_EPOCHS = 7;
  private static final long SECOND_RUN_EPOCHS = 23;

  @TempDir Path folder;

  private static Stream<Fault> faults() {
    return Stream.of(FaultyCheckpoints.steps())
        .flatMap(step -> Stream.of(new Fault(step, false), new Fault(step, true)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void theTrainingGoesOn(Fault fault) {
    List<String> warnings = new ArrayList<>();
    interruptedAfter(FIRST_RUN_EPOCHS, healthy());

    try (RunCheckpoints faulty = faulty(fault, warnings)) {
      TrainedModel model = trainer().train(JOB, TrainingListener.NONE, faulty);

      assertThat(TrainingFixtures.bits(model.weights())).containsExactly(uninterrupted());
    }
    assertThat(warnings).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void theNextRunFindsAWholeCheckpoint(Fault fault) {
    interruptedAfter(FIRST_RUN_EPOCHS, healthy());
    interruptedAfter(SECOND_RUN_EPOCHS, faulty(fault, new ArrayList<>()));

    Resumption resumption = new Resumption(Long.MAX_VALUE);
    try (RunCheckpoints healthy = healthy()) {
      TrainedModel model = trainer().train(JOB, resumption, healthy);

      assertThat(TrainingFixtures.bits(model.weights())).containsExactly(uninterrupted());
    }
    assertThat(resumption.continued).isBetween(FIRST_RUN_EPOCHS, SECOND_RUN_EPOCHS);
  }

  private static void interruptedAfter(long epochs, RunCheckpoints checkpoints) {
    try (checkpoints) {
      assertThat(trainer().train(JOB, new Resumption(epochs), checkpoints).stopReason())
          .isEqualTo(StopReason.CANCELLED);
    }
  }

  private static long[] uninterrupted() {
    return TrainingFixtures.bits(trainer().train(JOB, TrainingListener.NONE).weights());
  }

  private static Trainer trainer() {
    return new Trainer(CallSize.fixed(1));
  }

  private RunCheckpoints healthy() {
    return RunCheckpoints.of(
        EVERY_FIVE_EPOCHS,
        directory(),
        () -> new RunFingerprint(new TreeMap<>()),
        directory().toFile().exists(),
        warning -> assertThat(warning).isNull());
  }

  private RunCheckpoints faulty(Fault fault, List<String> warnings) {
    return FaultyCheckpoints.of(EVERY_FIVE_EPOCHS, directory(), fault, warnings::add);
  }

  private Path directory() {
    return folder.resolve("checkpoints");
  }

  /** Sees where a training continues, and ends it after some epochs. */
  private static final class Resumption implements TrainingListener {
    private final long epochs;
    private long continued;
    private long last;

    Resumption(long epochs) {
      this.epochs = epochs;
    }

    @Override
    public void onContinue(long epochsDone) {
      continued = epochsDone;
    }

    @Override
    public void onEpochs(long firstEpoch, double[] losses) {
      last = firstEpoch + losses.length - 1;
    }

    @Override
    public boolean isCancelled() {
      return last >= epochs;
    }
  }
}
