package dev.slope.training;

import dev.slope.config.ConfigException;
import dev.slope.config.LearningRateConfig;
import dev.slope.config.ModelConfig;
import dev.slope.config.OptimizerConfig;
import dev.slope.config.Scaling;
import dev.slope.config.ScheduleConfig;
import dev.slope.features.FittedFeature;
import dev.slope.graph.Batches;
import dev.slope.training.secondorder.LearningRateBound;
import org.jspecify.annotations.Nullable;

/** From the learning rate that a config asks for to the one that a training starts with. */
final class LearningRates {
  private LearningRates() {}

  /**
   * Whether each step tries several rates: where the config says so, and where it says {@code auto}
   * of a loss whose curvature has no bound.
   */
  static boolean isSearched(OptimizerConfig.FirstOrder optimizer, Curvature curvature) {
    return optimizer.baseLearningRate() instanceof LearningRateConfig.LineSearch
        || (optimizer.baseLearningRate() instanceof LearningRateConfig.Auto
            && !curvature.isBounded());
  }

  /**
   * The number that the first step uses; of a line search it is 0, for it finds its own.
   *
   * @throws TrainingRefusedException where a constant rate must diverge
   */
  static double first(
      TrainingJob job,
      OptimizerConfig.FirstOrder optimizer,
      Curvature curvature,
      @Nullable Batches batches) {
    if (isSearched(optimizer, curvature)) {
      if (batches != null) {
        throw new ConfigException(
            ("/training/optimizer/learning_rate must be a number for %s in batches, but was 'auto':"
                    + " the curvature of its loss has no bound that a rate could be taken from")
                .formatted(job.model().typeName()));
      }
      return 0;
    }
    if (optimizer.baseLearningRate() instanceof LearningRateConfig.Constant rate) {
      if (batches == null) {
        refuseDivergence(job, optimizer, rate.value(), curvature);
      }
      return rate.value();
    }
    return batches == null
        ? curvature.bound().automaticRate()
        : ofBatches(curvature.bound().largestEigenvalue(), curvature.ofMostCurvedRow(), batches);
  }

  /**
   * {@code 1 / (2 L(b))}, the rate that converges for any draw of batches, with {@code L(b) = (n(b
   * - 1) L + (n - b) L_max) / (b(n - 1))} between the curvature of the whole objective and that of
   * its most curved row: Gower et al., "SGD: general analysis and improved rates" (2019),
   * proposition 3.8 and theorem 3.1.
   *
   * @param whole L, or a bound of it
   * @param row L_max
   */
  static double ofBatches(double whole, double row, Batches batches) {
    double rows = batches.rows();
    double batch = batches.batchRows();
    if (whole == 0) {
      return 1;
    }
    if (rows <= batch) {
      return 1 / (2 * whole);
    }
    double expected = (rows * (batch - 1) * whole + (rows - batch) * row) / (batch * (rows - 1));
    return 1 / (2 * expected);
  }

  /** Why rows that don't fit into memory can't be searched over. */
  static ConfigException searchNeedsAllRows() {
    return new ConfigException(
        "/training/optimizer/learning_rate must be a number for the plan 'streaming' of this model:"
            + " a line search, which 'auto' is where the curvature has no bound, reads all rows"
            + " again for every rate; give a number, or raise /training/memory");
  }

  private static void refuseDivergence(
      TrainingJob job,
      OptimizerConfig.FirstOrder optimizer,
      double learningRate,
      Curvature curvature) {
    boolean plain =
        optimizer instanceof OptimizerConfig.GradientDescent
            && optimizer.schedule() instanceof ScheduleConfig.Constant
            && job.model() instanceof ModelConfig.LinearRegression
            && job.model().l1() == 0
            && job.model().bounds().isEmpty()
            && job.training().clipNorm() == null;
    if (!plain || job.training().allowDivergence()) {
      return;
    }
    // The trace is a bound only where all rows count the same.
    if (!curvature.isUnderWay()
        && job.rows().weights() == null
        && learningRate < 2 / curvature.traceOfSquaredLoss()) {
      return;
    }
    LearningRateBound bound = curvature.bound();
    if (bound.mustDiverge(learningRate)) {
      throw new TrainingRefusedException(bound.refusal(learningRate, isStandardized(job)));
    }
  }

  private static boolean isStandardized(TrainingJob job) {
    for (FittedFeature feature : job.features().features()) {
      if (!(feature instanceof FittedFeature.Numeric numeric)
          || numeric.scaling() != Scaling.STANDARD) {
        return false;
      }
    }
    return true;
  }
}
