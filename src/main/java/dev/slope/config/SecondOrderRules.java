package dev.slope.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What lbfgs and newton ask of the rest of a config: a smooth objective without bounds. */
final class SecondOrderRules {
  private static final Set<String> OPTIMIZERS = Set.of("lbfgs", "newton");
  private static final Set<String> WITH_KINKS =
      Set.of("absolute_regression", "quantile_regression");

  private final ConfigNode root;
  private final String optimizer;
  private final List<ConfigProblem> problems;

  private SecondOrderRules(ConfigNode root, String optimizer, List<ConfigProblem> problems) {
    this.root = root;
    this.optimizer = optimizer;
    this.problems = problems;
  }

  /** Whether a written-out tree trains by one of the two. */
  static boolean apply(ConfigNode root) {
    return ConfigTree.text(root, "training", "optimizer", "type")
        .filter(OPTIMIZERS::contains)
        .isPresent();
  }

  /** Adds what the written-out tree breaks; values of a wrong type are passed over. */
  static void check(ConfigNode root, List<ConfigProblem> problems) {
    Optional<String> optimizer = ConfigTree.text(root, "training", "optimizer", "type");
    if (optimizer.isPresent() && OPTIMIZERS.contains(optimizer.get())) {
      SecondOrderRules rules = new SecondOrderRules(root, optimizer.get(), problems);
      rules.l1();
      rules.bounds();
      rules.loss();
      rules.unused("stop", "min_rel_progress");
      rules.unused("stop", "patience");
      rules.unused("stop", "max_seconds");
      rules.unused("clip_norm");
    }
  }

  private void l1() {
    Optional<Double> l1 = ConfigTree.number(root, "model", "l1");
    if (l1.isPresent() && l1.get() > 0) {
      report(
          "/model/l1",
          "must be 0 for %s, but was %s; use l2, or the optimizer 'gradient_descent'"
              .formatted(optimizer, l1.get()),
          "model",
          "l1");
    }
  }

  private void bounds() {
    Map<String, ConfigNode> bounds = ConfigTree.members(root, "model", "bounds");
    if (!bounds.isEmpty()) {
      report(
          "/model/bounds",
          "must be empty for %s, but was of %s; use the optimizer 'gradient_descent'"
              .formatted(optimizer, bounds.keySet()),
          "model",
          "bounds");
    }
  }

  private void loss() {
    String model = ConfigTree.text(root, "model", "type").orElse("");
    if (WITH_KINKS.contains(model)) {
      report(
          "/training/optimizer",
          ("must be a first-order optimizer for %s, whose loss has kinks, but was '%s'; use 'adam' or"
                  + " 'gradient_descent', or huber_regression")
              .formatted(model, optimizer),
          "training",
          "optimizer");
    }
    if (model.equals("linear_svm")
        && ConfigTree.text(root, "model", "loss").equals(Optional.of("hinge"))) {
      report(
          "/model/loss",
          "must be 'squared_hinge' for %s, but was 'hinge', which has a kink".formatted(optimizer),
          "model",
          "loss");
    }
  }

  /** A key of the training that would do nothing. */
  private void unused(String... keys) {
    String[] path = new String[keys.length + 1];
    path[0] = "training";
    System.arraycopy(keys, 0, path, 1, keys.length);
    if (ConfigTree.number(root, path).isPresent()) {
      report(
          "/" + String.join("/", path),
          "has no meaning for " + optimizer + "; use stop.tolerance and epochs",
          path);
    }
  }

  private void report(String pointer, String message, String... keys) {
    ConfigTree.member(root, keys)
        .ifPresent(node -> problems.add(new ConfigProblem(node.place(), pointer, message)));
  }
}
