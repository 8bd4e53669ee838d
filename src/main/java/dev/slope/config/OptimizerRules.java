package dev.slope.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules that join several keys of the optimizer. */
final class OptimizerRules {
  private static final String POINTER = "/training/optimizer";

  private final ConfigNode optimizer;
  private final List<ConfigProblem> problems;

  private OptimizerRules(ConfigNode optimizer, List<ConfigProblem> problems) {
    this.optimizer = optimizer;
    this.problems = problems;
  }

  /** Adds what the optimizer breaks; values of a wrong type are passed over. */
  static void check(ConfigNode root, List<ConfigProblem> problems) {
    ConfigTree.member(root, "training", "optimizer")
        .ifPresent(
            optimizer -> {
              OptimizerRules rules = new OptimizerRules(optimizer, problems);
              rules.nesterov();
              rules.lineSearch();
              rules.steps();
            });
  }

  private void nesterov() {
    Optional<ConfigNode> nesterov = ConfigTree.member(optimizer, "nesterov");
    Optional<Double> momentum = ConfigTree.number(optimizer, "momentum");
    if (nesterov.isPresent()
        && nesterov.get() instanceof ConfigNode.Truth wanted
        && wanted.value()
        && momentum.isPresent()
        && momentum.get() == 0) {
      report(wanted, "/nesterov", "needs a momentum > 0, but it is 0");
    }
  }

  /** The search chooses every epoch's rate itself: a schedule would have no say. */
  private void lineSearch() {
    Optional<String> rate = ConfigTree.text(optimizer, "learning_rate", "type");
    Optional<String> schedule = ConfigTree.text(optimizer, "schedule", "type");
    if (rate.equals(Optional.of("line_search"))
        && schedule.isPresent()
        && !schedule.get().equals("constant")) {
      report(
          node("schedule"),
          "/schedule",
          "must be left out where learning_rate is 'line_search', but was '"
              + schedule.get()
              + "'; the search chooses the rate of every epoch");
    }
  }

  private void steps() {
    if (!ConfigTree.text(optimizer, "schedule", "type").equals(Optional.of("step"))) {
      return;
    }
    Map<String, ConfigNode> schedule = ConfigTree.members(optimizer, "schedule");
    if (schedule.get("boundary_epochs") instanceof ConfigNode.Sequence boundaries) {
      ascending(boundaries);
      if (schedule.get("factors") instanceof ConfigNode.Sequence factors) {
        factors(factors, boundaries.elements().size());
      }
    }
  }

  private void ascending(ConfigNode.Sequence boundaries) {
    double last = 0;
    for (int i = 0; i < boundaries.elements().size(); i++) {
      if (boundaries.elements().get(i) instanceof ConfigNode.Numeral boundary) {
        double epochs = Double.parseDouble(boundary.literal());
        if (epochs <= last) {
          report(
              boundary,
              "/schedule/boundary_epochs/" + i,
              "must be > %s, but was %s"
                  .formatted(i == 0 ? "0" : "the one before it, " + last, boundary.shown()));
        }
        last = epochs;
      }
    }
  }

  private void factors(ConfigNode.Sequence factors, int boundaries) {
    if (factors.elements().size() != boundaries + 1) {
      report(
          factors,
          "/schedule/factors",
          "must be one more than boundary_epochs, %d, but were %d"
              .formatted(boundaries + 1, factors.elements().size()));
    }
    for (int i = 0; i < factors.elements().size(); i++) {
      if (factors.elements().get(i) instanceof ConfigNode.Numeral factor
          && !(Double.parseDouble(factor.literal()) > 0)) {
        report(factor, "/schedule/factors/" + i, "must be > 0, but was " + factor.shown());
      }
    }
  }

  private ConfigNode node(String key) {
    return ConfigTree.member(optimizer, key).orElse(optimizer);
  }

  private void report(ConfigNode node, String pointer, String message) {
    problems.add(new ConfigProblem(node.place(), POINTER + pointer, message));
  }
}
