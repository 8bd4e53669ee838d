package dev.slope.training;

import dev.slope.training.checkpoint.TrainingState;

/**
 * Where the epochs of a training begin, besides what is in its session: at the first one, or after
 * those of a run that was interrupted.
 *
 * @param epochsDone how many have run
 * @param learningRate that schedules start from
 * @param lossLimit beyond it the training has diverged; of the loss that the first epoch began with
 * @param seconds how long the epochs took that have run
 * @param history of them
 */
record TrainingStart(
    long epochsDone,
    double learningRate,
    double lossLimit,
    double seconds,
    TrainingHistory.Recorder history) {

  /** At the first epoch. */
  static TrainingStart first(double learningRate, double lossLimit) {
    return new TrainingStart(0, learningRate, lossLimit, 0, new TrainingHistory.Recorder());
  }

  /** Where a checkpoint was written. */
  static TrainingStart of(TrainingState state) {
    return new TrainingStart(
        state.epochsDone(),
        state.doubles("learning_rate")[0],
        state.doubles("loss_limit")[0],
        state.doubles("seconds")[0],
        TrainingHistory.Recorder.restored(state));
  }

  /** The checkpoint that {@link #of} begins from; of the session's state too. */
  TrainingState state(TrainingSession session) {
    TrainingState.Builder state =
        TrainingState.after(epochsDone)
            .doubles("learning_rate", learningRate)
            .doubles("loss_limit", lossLimit)
            .doubles("seconds", seconds);
    history.saveTo(state);
    session.saveTo(state);
    return state.build();
  }
}
