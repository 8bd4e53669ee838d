package dev.slope.pipeline;

/** Watches a search. */
public interface TuneListener {
  /** Watches nothing. */
  TuneListener NONE = new TuneListener() {};

  /**
   * The settings are known to be valid, and rows are about to be read.
   *
   * @param settings how many
   * @param trainings how many that makes, a setting being trained once a fold
   * @param metric that compares them
   */
  default void onSearch(int settings, int trainings, String metric) {}

  /**
   * Some trainings are done.
   *
   * @param done how many so far
   * @param trainings how many there will be
   */
  default void onTrained(int done, int trainings) {}

  /**
   * Some epochs have run.
   *
   * @param together how many trainings run as one
   * @param epoch the last of them, counted from 1
   */
  default void onEpochs(int together, long epoch) {}

  /** Asked often; true ends the search. */
  default boolean isCancelled() {
    return false;
  }
}
