package dev.slope.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code report.statistics} asks of the model: a likelihood, maximised without a penalty. */
final class StatisticsRules {
  private static final Set<String> WITH_LIKELIHOOD =
      Set.of(
          "linear_regression",
          "logistic_regression",
          "poisson_regression",
          "gamma_regression",
          "tweedie_regression");

  private final ConfigNode root;
  private final ConfigNode statistics;
  private final List<ConfigProblem> problems;

  private StatisticsRules(ConfigNode root, ConfigNode statistics, List<ConfigProblem> problems) {
    this.root = root;
    this.statistics = statistics;
    this.problems = problems;
  }

  /** Adds what the written-out tree breaks; values of a wrong type are passed over. */
  static void check(ConfigNode root, List<ConfigProblem> problems) {
    Optional<ConfigNode> statistics = ConfigTree.member(root, "report", "statistics");
    if (statistics.isPresent()
        && statistics.get() instanceof ConfigNode.Truth truth
        && truth.value()) {
      StatisticsRules rules = new StatisticsRules(root, statistics.get(), problems);
      rules.model();
      rules.penalty("l1");
      rules.penalty("l2");
      rules.bounds();
      rules.classWeight();
      rules.trainingRows();
    }
  }

  private void model() {
    Optional<String> type = ConfigTree.text(root, "model", "type");
    if (type.isPresent()
        && ConfigNames.typeNames(ModelConfig.class).contains(type.get())
        && !WITH_LIKELIHOOD.contains(type.get())) {
      report(
          type.get().equals("softmax_regression")
              ? "of softmax_regression, whose scores may all move together, so that none of their"
                  + " coefficients is determined"
              : "of %s, which maximises no likelihood".formatted(type.get()));
    }
  }

  private void penalty(String key) {
    Optional<Double> value = ConfigTree.number(root, "model", key);
    if (value.isPresent() && value.get() > 0) {
      report("of a penalised fit, whose coefficients are drawn to 0: /model/" + key + " must be 0");
    }
  }

  private void bounds() {
    if (!ConfigTree.members(root, "model", "bounds").isEmpty()) {
      report("of coefficients with bounds: /model/bounds must be empty");
    }
  }

  private void classWeight() {
    Optional<String> type = ConfigTree.text(root, "model", "class_weight", "type");
    if (type.isPresent() && !type.get().equals("none")) {
      report(
          "where classes have weights, which change what is estimated: /model/class_weight must be"
              + " 'none'");
    }
  }

  private void trainingRows() {
    if (ConfigTree.member(root, "report", "training_rows").isPresent()) {
      report("of some training rows: /report/training_rows must be left out");
    }
  }

  private void report(String reason) {
    problems.add(
        new ConfigProblem(statistics.place(), "/report/statistics", "can't be computed " + reason));
  }
}
