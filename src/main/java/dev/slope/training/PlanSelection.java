package dev.slope.training;

import dev.slope.config.BatchSizeConfig;
import dev.slope.config.ConfigException;
import dev.slope.config.LearningRateConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.PlanName;
import dev.slope.config.Precision;
import dev.slope.config.TrainingConfig;
import dev.slope.features.FittedFeature;
import dev.slope.features.FittedFeatures;
import dev.slope.features.InputBlock;

/** How the rows are visited, from the config and the size of the data. */
final class PlanSelection {
  /** Up to so many values, the pass for the sums takes less time than to begin it. */
  private static final long SMALL_DATA = 1L << 16;

  /** Beyond it the sums cost more than many epochs over rows. */
  private static final int MOST_GRAM_INPUTS = 2048;

  /** Beyond it, one-hot inputs cost more than to gather weights and to scatter gradients. */
  static final int MOST_ONE_HOT_INPUTS = 256;

  private PlanSelection() {}

  /**
   * The plan of a training.
   *
   * @param inputs of the model
   * @param oneHotInputs those of them that are one-hot
   * @param offset whether rows have an offset
   * @param inFile whether the rows don't fit into memory
   * @throws ConfigException where the config asks for one that can't be
   */
  static Plan select(
      ModelConfig model,
      TrainingConfig training,
      long rows,
      int inputs,
      int oneHotInputs,
      boolean offset,
      boolean inFile) {
    if (training.plan() == PlanName.SPARSE) {
      requireSparse(training, oneHotInputs);
      return Plan.SPARSE;
    }
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
      if (!normalEquation && (inFile || training.plan() == PlanName.STREAMING)) {
        throw new ConfigException(
            "/training/optimizer must be a first-order one, such as 'gradient_descent' or 'adam',"
                + " for rows that don't fit into /training/memory, but was '"
                + (training.optimizer() instanceof OptimizerConfig.Newton ? "newton" : "lbfgs")
                + "', which keeps all of them in memory; or raise /training/memory");
      }
      return normalEquation ? Plan.GRAM : Plan.FULL_BATCH;
    }
    if (training.plan() == PlanName.STREAMING) {
      return Plan.STREAMING;
    }
    if (training.plan() == PlanName.AUTO
        && oneHotInputs > MOST_ONE_HOT_INPUTS
        && !isSearched(training)
        && !(training.batchSize() instanceof BatchSizeConfig.Full
            && summable
            && isWorthwhile(rows, inputs, training.epochs()))) {
      requireFloat32(training, oneHotInputs);
      return Plan.SPARSE;
    }
    if (training.batchSize() instanceof BatchSizeConfig.Rows batch
        && (batch.rows() < rows || training.plan() == PlanName.MINI_BATCH)) {
      return inFile ? Plan.STREAMING : Plan.MINI_BATCH;
    }
    return switch (training.plan()) {
      case GRAM -> Plan.GRAM;
      case FULL_BATCH -> inFile ? Plan.STREAMING : Plan.FULL_BATCH;
      case STREAMING -> Plan.STREAMING;
      case SPARSE -> Plan.SPARSE;
      case MINI_BATCH ->
          throw new AssertionError("the config's rules refuse mini_batch without a batch size");
      case AUTO -> {
        if (summable && isWorthwhile(rows, inputs, training.epochs())) {
          yield Plan.GRAM;
        }
        yield inFile ? Plan.STREAMING : Plan.FULL_BATCH;
      }
    };
  }

  private static void requireSparse(TrainingConfig training, int oneHotInputs) {
    if (!(training.optimizer() instanceof OptimizerConfig.FirstOrder)) {
      throw new ConfigException(
          "/training/optimizer must be a first-order one, such as 'adagrad' or 'ftrl', for the plan"
              + " 'sparse', but was '"
              + (training.optimizer() instanceof OptimizerConfig.Newton ? "newton" : "lbfgs")
              + "', which needs a matrix of all inputs");
    }
    if (isSearched(training)) {
      throw new ConfigException(
          "/training/optimizer/learning_rate must be a number or 'auto' for the plan 'sparse', but"
              + " was 'line_search', which reads all rows again for every rate");
    }
    if (oneHotInputs == 0) {
      throw new ConfigException(
          "/training/plan must not be 'sparse' for a model without categories, whose inputs are all"
              + " numbers; use 'auto'");
    }
  }

  private static void requireFloat32(TrainingConfig training, int oneHotInputs) {
    if (training.precision() == Precision.FLOAT64) {
      throw new ConfigException(
          ("/training/precision must be 'float32' for categories of so many values, %d one-hot inputs"
                  + " where %d are the most, but was 'float64': the plan 'sparse' keeps places in"
                  + " float32's bits; lower the features' 'max_size' or 'buckets', or set"
                  + " /training/plan to 'full_batch' or 'mini_batch', which make a matrix of them")
              .formatted(oneHotInputs, MOST_ONE_HOT_INPUTS));
    }
  }

  private static boolean isSearched(TrainingConfig training) {
    return training.optimizer() instanceof OptimizerConfig.FirstOrder optimizer
        && optimizer.baseLearningRate() instanceof LearningRateConfig.LineSearch;
  }

  /** How many inputs are one of many of which at most one counts in a row. */
  static int oneHotInputs(FittedFeatures features) {
    int inputs = 0;
    for (FittedFeature feature : features.features()) {
      for (InputBlock block : feature.blocks()) {
        inputs += block instanceof InputBlock.OneHot ? block.inputs().size() : 0;
      }
    }
    return inputs;
  }

  /** The plan of a job. */
  static Plan select(TrainingJob job) {
    return select(
        job.model(),
        job.training(),
        job.rows().labels().rows(),
        job.features().inputs().size(),
        oneHotInputs(job.features()),
        job.rows().offsets() != null,
        job.rows().isInFile());
  }

  /**
   * One pass for the sums costs as much as {@code inputs / 4} epochs of two products each; of small
   * data as good as nothing, so that a training may be made longer when it is resumed.
   */
  private static boolean isWorthwhile(long rows, int inputs, int epochs) {
    return rows > 4L * inputs
        && inputs <= MOST_GRAM_INPUTS
        && (rows * inputs <= SMALL_DATA || epochs > inputs / 4);
  }
}
