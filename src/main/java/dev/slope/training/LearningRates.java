package dev.slope.training;

import dev.slope.config.LearningRateConfig;
import dev.slope.config.OptimizerConfig;

/** From the learning rate that a config asks for to a number. */
final class LearningRates {
  private LearningRates() {}

  /** The number that a config names. */
  static double constant(OptimizerConfig optimizer) {
    if (optimizer instanceof OptimizerConfig.FirstOrder rule
        && rule.baseLearningRate() instanceof LearningRateConfig.Constant rate) {
      return rate.value();
    }
    throw new AssertionError("no constant learning rate of " + optimizer);
  }
}
