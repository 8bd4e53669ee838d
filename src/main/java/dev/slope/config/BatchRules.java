package dev.slope.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What steps over batches of rows ask of the rest of a config, and a plan of the batches. */
final class BatchRules {
  private final ConfigNode root;
  private final List<ConfigProblem> problems;

  private BatchRules(ConfigNode root, List<ConfigProblem> problems) {
    this.root = root;
    this.problems = problems;
  }

  /** Adds what the written-out tree breaks; values of a wrong type are passed over. */
  static void check(ConfigNode root, List<ConfigProblem> problems) {
    BatchRules rules = new BatchRules(root, problems);
    Optional<Double> rows = ConfigTree.number(root, "training", "batch_size", "rows");
    if (rows.isPresent()) {
      rules.batches(new BigDecimal(rows.get()).toPlainString());
    } else {
      rules.wholeEpochs();
    }
  }

  private void batches(String rows) {
    Optional<String> optimizer = ConfigTree.text(root, "training", "optimizer", "type");
    if (optimizer.equals(Optional.of("lbfgs")) || optimizer.equals(Optional.of("newton"))) {
      report(
          "must be 'full' for %s, whose steps look at all rows, but was %s; use the optimizer 'adam'"
              .formatted(optimizer.get(), rows),
          "training",
          "batch_size");
    }
    if (ConfigTree.text(root, "training", "optimizer", "learning_rate", "type")
        .equals(Optional.of("line_search"))) {
      report(
          ("must be a number or 'auto' where batch_size is %s, but was 'line_search', which compares"
                  + " losses over all rows")
              .formatted(rows),
          "training",
          "optimizer",
          "learning_rate");
    }
    if (ConfigTree.number(root, "training", "stop", "tolerance").isPresent()) {
      report(
          ("has no meaning where batch_size is %s: the gradient of a batch never comes to rest; use"
                  + " stop.min_rel_progress or stop.patience")
              .formatted(rows),
          "training",
          "stop",
          "tolerance");
    }
    Optional<String> plan = ConfigTree.text(root, "training", "plan");
    if (plan.equals(Optional.of("gram")) || plan.equals(Optional.of("full_batch"))) {
      report(
          "must be 'auto' or 'mini_batch' where batch_size is %s, but was '%s'"
              .formatted(rows, plan.get()),
          "training",
          "plan");
    }
  }

  private void wholeEpochs() {
    if (ConfigTree.text(root, "training", "plan").equals(Optional.of("mini_batch"))) {
      report(
          "must be 'auto', 'gram' or 'full_batch' where batch_size is 'full', but was 'mini_batch';"
              + " give /training/batch_size a number of rows, such as 256",
          "training",
          "plan");
    }
    if (ConfigTree.member(root, "training", "shuffle")
        .filter(node -> node instanceof ConfigNode.Truth truth && !truth.value())
        .isPresent()) {
      report(
          "has no meaning where batch_size is 'full': every step looks at all rows; leave it out",
          "training",
          "shuffle");
    }
  }

  private void report(String message, String... keys) {
    ConfigTree.member(root, keys)
        .ifPresent(
            node ->
                problems.add(
                    new ConfigProblem(node.place(), "/" + String.join("/", keys), message)));
  }
}
