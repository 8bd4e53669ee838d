package dev.slope.training;

import dev.slope.config.OptimizerConfig;
import dev.slope.data.BlockStore;

/** A training by the plan of its config, built and compiled, that runs epochs when asked. */
final class OpenTraining implements AutoCloseable {
  private static final float LEARNING_RATE = 0.01f;

  private final TrainingSession session;

  OpenTraining(TrainingJob job) {
    session =
        new TrainingSession(
            job,
            PreparedDescent.of(
                job,
                (OptimizerConfig.FirstOrder) job.training().optimizer(),
                Device.CPU,
                BlockStore.inMemory(),
                PackedChunks.MAX_VALUES),
            Device.CPU,
            CallSize.MAX_EPOCHS);
    session.compile();
    session.begin(Initializer.weights(job));
    session.run(1, LEARNING_RATE, Float.MAX_VALUE);
  }

  /** Runs some epochs in one call and returns the loss that the last of them started from. */
  double run(int epochs) {
    double[] losses = session.run(epochs, LEARNING_RATE, Float.MAX_VALUE).losses();
    return losses[losses.length - 1];
  }

  @Override
  public void close() {
    session.close();
  }
}
