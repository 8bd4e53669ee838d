package dev.slope.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules that join the keys of a split with one another, the sources and the model. */
final class SplitRules {
  private static final String POINTER = "/data/split";
  static final Set<String> CLASSIFIERS =
      Set.of("logistic_regression", "softmax_regression", "linear_svm");

  private final ConfigNode root;
  private final SplitMethod method;
  private final List<ConfigProblem> problems;

  private SplitRules(ConfigNode root, SplitMethod method, List<ConfigProblem> problems) {
    this.root = root;
    this.method = method;
    this.problems = problems;
  }

  /** Adds what the split breaks; values of a wrong type are passed over. */
  static void check(ConfigNode root, List<ConfigProblem> problems) {
    Optional<ConfigNode> split = ConfigTree.member(root, "data", "split");
    Optional<SplitMethod> method = method(root);
    if (split.isPresent() && method.isPresent()) {
      SplitRules rules = new SplitRules(root, method.get(), problems);
      rules.column(split.get());
      rules.stratified();
      if (method.get().hasFractions()) {
        rules.fractions(split.get());
      } else {
        rules.withoutFractions("validation");
        rules.withoutFractions("test");
      }
      if (method.get() == SplitMethod.COLUMN) {
        rules.oneOrigin("validation");
        rules.oneOrigin("test");
      }
    }
  }

  /**
   * Whether a config can have rows of a part, as far as it says so itself.
   *
   * @param part validation or test
   */
  static boolean mayHave(ConfigNode root, String part) {
    Optional<SplitMethod> method = method(root);
    if (method.isEmpty() || ConfigTree.member(root, "data", part).isPresent()) {
      return true;
    }
    boolean validation = part.equals("validation");
    return switch (method.get()) {
      case COLUMN -> true;
      case AUTO -> validation;
      case NONE -> false;
      case RANDOM, HASH, SEQUENTIAL -> fraction(root, part) > 0;
    };
  }

  /** The method that is written or left out; empty where it is none. */
  private static Optional<SplitMethod> method(ConfigNode root) {
    if (ConfigTree.member(root, "data", "split", "method").isEmpty()) {
      return Optional.of(SplitMethod.AUTO);
    }
    String written = ConfigTree.text(root, "data", "split", "method").orElse("");
    for (SplitMethod method : SplitMethod.values()) {
      if (method.key().equals(written)) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }

  private static double fraction(ConfigNode root, String part) {
    boolean byDefault =
        part.equals("validation") && ConfigTree.member(root, "data", part).isEmpty();
    return ConfigTree.number(root, "data", "split", part)
        .orElse(byDefault ? SplitConfig.DEFAULT_VALIDATION : 0);
  }

  private void column(ConfigNode split) {
    Optional<ConfigNode> column = ConfigTree.member(root, "data", "split", "column");
    if (method.hasColumn() && column.isEmpty()) {
      report(
          split,
          POINTER + "/column",
          method == SplitMethod.HASH
              ? "is required with the method 'hash': the column whose value decides, such as an id"
              : "is required with the method 'column': the one that says train, validation or test");
    } else if (!method.hasColumn() && column.isPresent()) {
      report(
          column.get(),
          POINTER + "/column",
          "is for the methods hash and column; leave it out with '" + method.key() + "'");
    }
  }

  private void stratified() {
    Optional<ConfigNode> stratified = ConfigTree.member(root, "data", "split", "stratified");
    if (!(stratified.orElse(null) instanceof ConfigNode.Truth truth) || !truth.value()) {
      return;
    }
    String type = ConfigTree.text(root, "model", "type").orElse("");
    if (!method.canStratify()) {
      report(
          truth,
          POINTER + "/stratified",
          "is for the methods auto and random; leave it out with '" + method.key() + "'");
    } else if (!CLASSIFIERS.contains(type)) {
      report(
          truth,
          POINTER + "/stratified",
          "is for classifiers, which have classes to split one by one; leave it out with " + type);
    }
  }

  private void fractions(ConfigNode split) {
    boolean validationTwice = fractionOfOwnSource("validation");
    boolean testTwice = fractionOfOwnSource("test");
    if (fraction(root, "validation") >= 1 || fraction(root, "test") >= 1) {
      return; // Its own rule says so.
    }
    double held = fraction(root, "validation") + fraction(root, "test");
    if (held >= 1) {
      report(
          split,
          POINTER,
          "must leave rows to train on: validation + test must be < 1, but was " + held);
    } else if (held == 0 && !validationTwice && !testTwice) {
      report(
          split,
          POINTER,
          "must split rows off: validation + test must be > 0 with the method '"
              + method.key()
              + "', but was 0; or take the method 'none'");
    }
  }

  /** Rows of a part come from one place. */
  private boolean fractionOfOwnSource(String part) {
    Optional<ConfigNode> fraction = ConfigTree.member(root, "data", "split", part);
    boolean doubled =
        ConfigTree.member(root, "data", part).isPresent()
            && ConfigTree.number(root, "data", "split", part).orElse(0.0) > 0;
    if (doubled) {
      report(
          fraction.orElseThrow(),
          POINTER + "/" + part,
          "must be 0 or left out, for /data/" + part + " has the rows; keep one of the two");
    }
    return doubled;
  }

  private void withoutFractions(String part) {
    ConfigTree.member(root, "data", "split", part)
        .ifPresent(
            node ->
                report(
                    node,
                    POINTER + "/" + part,
                    "is for the methods random, hash and sequential; leave it out with '"
                        + method.key()
                        + "'"));
  }

  private void oneOrigin(String part) {
    ConfigTree.member(root, "data", part)
        .ifPresent(
            node ->
                report(
                    node,
                    "/data/" + part,
                    "must be left out with the split method 'column', whose column names the "
                        + part
                        + " rows"));
  }

  private void report(ConfigNode node, String pointer, String message) {
    problems.add(new ConfigProblem(node.place(), pointer, message));
  }
}
