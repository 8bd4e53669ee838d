package dev.slope.pipeline;

import dev.slope.training.TrainingListener;

/** Counts the trainings of a search, tells its listener, and ends them with it. */
final class TuningProgress {
  private final TuneListener listener;
  private final int trainings;
  private int done;

  TuningProgress(TuneListener listener, int trainings) {
    this.listener = listener;
    this.trainings = trainings;
  }

  /** Some trainings have ended. */
  void add(int count) {
    done += count;
    listener.onTrained(done, trainings);
  }

  /** Ends the search where the listener asks for it. */
  void endIfCancelled() {
    if (listener.isCancelled()) {
      throw cancelled();
    }
  }

  TuningCancelledException cancelled() {
    return new TuningCancelledException(done, trainings);
  }

  /**
   * Watches trainings.
   *
   * @param together how many run as one
   */
  TrainingListener watch(int together) {
    return new TrainingListener() {
      @Override
      public void onEpochs(long firstEpoch, double[] losses) {
        listener.onEpochs(together, firstEpoch + losses.length - 1);
      }

      @Override
      public boolean isCancelled() {
        return listener.isCancelled();
      }
    };
  }
}
