package dev.slope.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules that join several keys of a model, and a model with its labels and features. */
final class ModelRules {
  private static final String EVERY_OTHER = "*";
  private static final Set<String> OF_ONE_LABEL =
      Set.of(
          "logistic_regression",
          "softmax_regression",
          "poisson_regression",
          "gamma_regression",
          "tweedie_regression",
          "linear_svm");

  private final ConfigNode root;
  private final List<ConfigProblem> problems;

  private ModelRules(ConfigNode root, List<ConfigProblem> problems) {
    this.root = root;
    this.problems = problems;
  }

  /** Adds what the model breaks; values of a wrong type are passed over. */
  static void check(ConfigNode root, List<ConfigProblem> problems) {
    ModelRules rules = new ModelRules(root, problems);
    rules.labels();
    rules.bounds();
    rules.classWeights();
    rules.initialWeights();
  }

  private void labels() {
    String type = ConfigTree.text(root, "model", "type").orElse("");
    if (OF_ONE_LABEL.contains(type)
        && ConfigTree.member(root, "label").orElse(null) instanceof ConfigNode.Sequence labels
        && labels.elements().size() > 1) {
      report(
          labels,
          "/label",
          "must be one column for "
              + type
              + ", but was "
              + labels.elements().size()
              + " columns; train one model for each");
    }
  }

  private void bounds() {
    for (Map.Entry<String, ConfigNode> bound :
        ConfigTree.members(root, "model", "bounds").entrySet()) {
      String pointer = Pointers.child("/model/bounds", bound.getKey());
      if (!bound.getKey().equals(EVERY_OTHER)) {
        feature(bound.getKey(), bound.getValue(), pointer);
      }
      if (bound.getValue() instanceof ConfigNode.Sequence pair) {
        pair(pair, pointer);
      }
    }
  }

  private void pair(ConfigNode.Sequence pair, String pointer) {
    List<ConfigNode> elements = pair.elements();
    if (elements.size() != 2) {
      report(
          pair,
          pointer,
          "must be two numbers [low, high], but was a list of "
              + elements.size()
              + "; for one side alone give the other a number that is never reached");
    } else if (elements.get(0) instanceof ConfigNode.Numeral low
        && elements.get(1) instanceof ConfigNode.Numeral high
        && Double.parseDouble(low.literal()) > Double.parseDouble(high.literal())) {
      report(
          pair,
          pointer,
          "must have low <= high, but was [" + low.shown() + ", " + high.shown() + "]");
    }
  }

  private void classWeights() {
    for (Map.Entry<String, ConfigNode> weight :
        ConfigTree.members(root, "model", "class_weight", "weights").entrySet()) {
      if (weight.getValue() instanceof ConfigNode.Numeral number
          && !(Double.parseDouble(number.literal()) > 0)) {
        report(
            number,
            Pointers.child("/model/class_weight/weights", weight.getKey()),
            "must be > 0, but was "
                + number.shown()
                + "; to train without a class, leave its rows out of the data");
      }
    }
  }

  private void initialWeights() {
    ConfigTree.members(root, "model", "initializer", "weights")
        .forEach(
            (name, value) ->
                feature(name, value, Pointers.child("/model/initializer/weights", name)));
  }

  /** Must be a feature, where the config itself says which there are. */
  private void feature(String name, ConfigNode node, String pointer) {
    Optional<Set<String>> known = features();
    if (known.isPresent() && !known.get().contains(name)) {
      report(
          node,
          pointer,
          "must be named after a feature, but '"
              + name
              + "' is none; "
              + Suggestions.nearest(name, known.get())
                  .map(near -> "did you mean '" + near + "'?")
                  .orElseGet(() -> "features: " + known.get()));
    }
  }

  /** The features that are listed, or every column that has no other use. */
  private Optional<Set<String>> features() {
    Set<String> listed = ConfigTree.members(root, "features").keySet();
    if (!listed.isEmpty() && !listed.contains(EVERY_OTHER)) {
      return Optional.of(listed);
    }
    return SourceRules.columns(root)
        .map(
            columns -> {
              Set<String> features = new LinkedHashSet<>(columns);
              if (ConfigTree.member(root, "label").orElse(null)
                  instanceof ConfigNode.Sequence labels) {
                for (ConfigNode label : labels.elements()) {
                  if (label instanceof ConfigNode.Text text) {
                    features.remove(text.value());
                  }
                }
              }
              LabelRules.otherColumns(root).forEach(column -> features.remove(column.name()));
              CrossRules.crosses(root).forEach(cross -> features.add(cross.name()));
              return features;
            });
  }

  private void report(ConfigNode node, String pointer, String message) {
    problems.add(new ConfigProblem(node.place(), pointer, message));
  }
}
