package dev.slope.training;

/**
 * Watches a training from its own thread, between calls of the compiled loop: about ten times a
 * second.
 */
public interface TrainingListener {
  /** Watches nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /** Before the start of a training that goes on from a checkpoint. */
  default void onContinue(long epochsDone) {}

  /**
   * The data is loaded and the first epoch is about to run.
   *
   * @param plan how the rows are visited
   * @param device where it runs: {@code cpu} or {@code gpu:N}
   * @param epochs how many will run
   */
  default void onStart(Plan plan, String device, long epochs) {}

  /**
   * Some epochs have run.
   *
   * @param firstEpoch the number of the first of them; a training's first epoch is 1
   * @param losses one an epoch, of the weights it started from; the listener's to keep
   */
  default void onEpochs(long firstEpoch, double[] losses) {}

  /** Asked after each call of the loop; true ends the training with what it has reached. */
  default boolean isCancelled() {
    return false;
  }
}
