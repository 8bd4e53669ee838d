package dev.slope.training;

/** A training that is built and compiled, and runs epochs when asked. */
final class OpenTraining implements AutoCloseable {
  private static final float LEARNING_RATE = 0.01f;

  private final TrainingSession session;

  OpenTraining(TrainingJob job) {
    RowsFeed rows = new RowsFeed(job.features(), job.rows());
    session =
        new TrainingSession(
            job,
            Descents.of(job, Descents.ofRows(job, rows.shape()), null, false, null),
            rows,
            null,
            Device.CPU,
            CallSize.MAX_EPOCHS);
    session.begin(
        Initializer.weights(
            job.model().initializer(), job.features().inputs(), job.outputs(), job.seed()));
    session.run(1, LEARNING_RATE, Float.MAX_VALUE);
  }

  /** Runs some epochs in one call and returns the loss that the last of them started from. */
  float run(int epochs) {
    float[] losses = session.run(epochs, LEARNING_RATE, Float.MAX_VALUE).losses();
    return losses[losses.length - 1];
  }

  @Override
  public void close() {
    session.close();
  }
}
