package dev.slope.training;

import dev.slope.config.ConfigException;
import dev.slope.config.ModelConfig;
import dev.slope.config.PlanName;

/** How the rows are visited, from the config and the size of the data. */
final class PlanSelection {
  /** Up to so many values, epochs over rows are as fast and the sums not worth their pass. */
  private static final long SMALL_DATA = 1L << 16;

  /** Beyond it the sums cost more than many epochs over rows. */
  private static final int MOST_GRAM_INPUTS = 2048;

  private PlanSelection() {}

  /**
   * The plan of a first-order optimizer.
   *
   * @throws ConfigException where the config asks for one that can't be
   */
  static Plan select(TrainingJob job) {
    boolean summable =
        job.model() instanceof ModelConfig.LinearRegression && job.rows().offsets() == null;
    PlanName wanted = job.training().plan();
    if (wanted == PlanName.GRAM && !summable) {
      throw new ConfigException(
          "/training/plan must be 'auto' or 'full_batch' for "
              + job.model().typeName()
              + ", but was 'gram': only the squared loss without offsets is a sum of squares and"
              + " products");
    }
    return switch (wanted) {
      case GRAM -> Plan.GRAM;
      case FULL_BATCH -> Plan.FULL_BATCH;
      case AUTO -> summable && isWorthwhile(job) ? Plan.GRAM : Plan.FULL_BATCH;
    };
  }

  /** One pass for the sums costs as much as {@code inputs / 4} epochs of two products each. */
  private static boolean isWorthwhile(TrainingJob job) {
    long inputs = job.features().inputs().size();
    long rows = job.rows().labels().rows();
    return rows * inputs > SMALL_DATA
        && rows > 4 * inputs
        && inputs <= MOST_GRAM_INPUTS
        && job.training().epochs() > inputs / 4;
  }
}
