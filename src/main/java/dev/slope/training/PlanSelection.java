package dev.slope.training;

import dev.slope.config.BatchSizeConfig;
import dev.slope.config.ConfigException;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.PlanName;
import dev.slope.config.TrainingConfig;

/** How the rows are visited, from the config and the size of the data. */
final class PlanSelection {
  /** Up to so many values, epochs over rows are as fast and the sums not worth their pass. */
  private static final long SMALL_DATA = 1L << 16;

  /** Beyond it the sums cost more than many epochs over rows. */
  private static final int MOST_GRAM_INPUTS = 2048;

  private PlanSelection() {}

  /**
   * The plan of a training.
   *
   * @param inputs of the model
   * @param offset whether rows have an offset
   * @throws ConfigException where the config asks for one that can't be
   */
  static Plan select(
      ModelConfig model, TrainingConfig training, long rows, int inputs, boolean offset) {
    boolean summable = model instanceof ModelConfig.LinearRegression && !offset;
    if (training.plan() == PlanName.GRAM && !summable) {
      throw new ConfigException(
          "/training/plan must be 'auto' or 'full_batch' for "
              + model.typeName()
              + ", but was 'gram': only the squared loss without offsets is a sum of squares and"
              + " products");
    }
    if (!(training.optimizer() instanceof OptimizerConfig.FirstOrder)) {
      boolean normalEquation = summable && training.optimizer() instanceof OptimizerConfig.Newton;
      return normalEquation ? Plan.GRAM : Plan.FULL_BATCH;
    }
    if (training.batchSize() instanceof BatchSizeConfig.Rows batch
        && (batch.rows() < rows || training.plan() == PlanName.MINI_BATCH)) {
      return Plan.MINI_BATCH;
    }
    return switch (training.plan()) {
      case GRAM -> Plan.GRAM;
      case FULL_BATCH -> Plan.FULL_BATCH;
      case MINI_BATCH ->
          throw new AssertionError("the config's rules refuse mini_batch without a batch size");
      case AUTO ->
          summable && isWorthwhile(rows, inputs, training.epochs()) ? Plan.GRAM : Plan.FULL_BATCH;
    };
  }

  /** The plan of a job. */
  static Plan select(TrainingJob job) {
    return select(
        job.model(),
        job.training(),
        job.rows().labels().rows(),
        job.features().inputs().size(),
        job.rows().offsets() != null);
  }

  /** One pass for the sums costs as much as {@code inputs / 4} epochs of two products each. */
  private static boolean isWorthwhile(long rows, int inputs, int epochs) {
    return rows * inputs > SMALL_DATA
        && rows > 4L * inputs
        && inputs <= MOST_GRAM_INPUTS
        && epochs > inputs / 4;
  }
}
