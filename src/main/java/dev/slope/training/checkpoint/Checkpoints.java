package dev.slope.training.checkpoint;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a trainer asks of its run's checkpoints, from its own thread. */
public interface Checkpoints {
  /** Writes none and continues none. */
  Checkpoints NONE =
      new Checkpoints() {
        @Override
        public Optional<TrainingState> begin(Supplier<Map<String, String>> engine, long epochs) {
          return Optional.empty();
        }

        @Override
        public void beginWithout(String why) {}

        @Override
        public long epochsUntilDue(long epochsDone) {
          return Long.MAX_VALUE;
        }

        @Override
        public void afterCall(long epochsDone, Supplier<TrainingState> state) {}

        @Override
        public void onCancel(long epochsDone, Supplier<TrainingState> state) {}
      };

  /**
   * The training is about to begin; called once, before all else.
   *
   * @param engine what the trainer decided by itself and the result depends on: device, plan,
   *     versions, inputs; asked for only where a checkpoint is written or read
   * @param epochs how many will run at most
   * @return where to continue; empty for a training from the beginning
   * @throws CheckpointException where the run must continue and can't
   */
  Optional<TrainingState> begin(Supplier<Map<String, String>> engine, long epochs);

  /**
   * In place of {@link #begin}: the training has no state to keep, and starts from the beginning.
   *
   * @param why as a clause
   */
  void beginWithout(String why);

  /**
   * How many epochs the next call of the loop may run at most, so that it ends where a checkpoint
   * is due; at least 1.
   */
  long epochsUntilDue(long epochsDone);

  /**
   * Between two calls of the loop. Writes a checkpoint where one is due; that it can't be written
   * is a warning.
   *
   * @param state asked for only where one is written
   */
  void afterCall(long epochsDone, Supplier<TrainingState> state);

  /** The training was asked to stop before it was done: writes a checkpoint, due or not. */
  void onCancel(long epochsDone, Supplier<TrainingState> state);
}
