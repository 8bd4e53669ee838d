package dev.slope.training.secondorder;

import dev.slope.config.BinaryLink;
import dev.slope.config.ClassWeightConfig;
import dev.slope.config.InitializerConfig;
import dev.slope.config.ModelConfig;
import dev.slope.graph.Loss;
import java.util.Map;

/** Losses of models with nothing but their defaults, and problems with them. */
final class Losses {
  private static final InitializerConfig ZEROS = new InitializerConfig.Zeros();

  private Losses() {}

  static Loss squared(int outputs) {
    return Loss.of(new ModelConfig.LinearRegression(ZEROS), outputs);
  }

  static Loss logistic() {
    return Loss.of(
        new ModelConfig.LogisticRegression(
            true, 0, 0, Map.of(), new ClassWeightConfig.None(), ZEROS),
        1);
  }

  static Loss binary(BinaryLink link) {
    return Loss.of(
        new ModelConfig.LogisticRegression(
            link, true, 0, 0, Map.of(), new ClassWeightConfig.None(), ZEROS),
        1);
  }

  static Loss softmax(int classes) {
    return Loss.of(
        new ModelConfig.SoftmaxRegression(
            true, 0, 0, Map.of(), new ClassWeightConfig.None(), ZEROS),
        classes);
  }

  static Loss poisson() {
    return Loss.of(new ModelConfig.PoissonRegression(true, 0, 0, Map.of(), ZEROS), 1);
  }

  static Loss huber(double delta) {
    return Loss.of(new ModelConfig.HuberRegression(delta, true, 0, 0, Map.of(), ZEROS), 1);
  }

  static Loss absolute() {
    return Loss.of(new ModelConfig.AbsoluteRegression(true, 0, 0, Map.of(), ZEROS), 1);
  }

  static SecondOrderProblem squared(
      SecondOrderRows rows, int outputs, double l2, boolean fitIntercept) {
    return Samples.problem(rows, squared(outputs), outputs, l2, fitIntercept);
  }

  static SecondOrderProblem logistic(SecondOrderRows rows, double l2) {
    return Samples.problem(rows, logistic(), 1, l2, true);
  }

  static SecondOrderProblem poisson(SecondOrderRows rows) {
    return Samples.problem(rows, poisson(), 1, 0, true);
  }
}
