package dev.slope.config;

import java.util.List;
import java.util.Optional;

/** What float64 can't be combined with. */
final class PrecisionRules {
  private final ConfigNode root;
  private final List<ConfigProblem> problems;

  private PrecisionRules(ConfigNode root, List<ConfigProblem> problems) {
    this.root = root;
    this.problems = problems;
  }

  /** Adds what the written-out tree breaks; values of a wrong type are passed over. */
  static void check(ConfigNode root, List<ConfigProblem> problems) {
    if (ConfigTree.text(root, "training", "precision").equals(Optional.of("float64"))) {
      PrecisionRules rules = new PrecisionRules(root, problems);
      rules.sparse();
      rules.probit();
    }
  }

  private void sparse() {
    if (ConfigTree.text(root, "training", "plan").equals(Optional.of("sparse"))) {
      report(
          "must be 'float32' for the plan 'sparse', which keeps places in float32's bits, but was"
              + " 'float64'; use the plan 'mini_batch' or 'full_batch'");
    }
  }

  private void probit() {
    if (ConfigTree.text(root, "model", "link").equals(Optional.of("probit"))) {
      report(
          "must be 'float32' for the link 'probit', whose normal tail is computed to 7 digits, but"
              + " was 'float64'; use the link 'logit' or 'cloglog'");
    }
  }

  private void report(String message) {
    ConfigTree.member(root, "training", "precision")
        .ifPresent(
            node -> problems.add(new ConfigProblem(node.place(), "/training/precision", message)));
  }
}
