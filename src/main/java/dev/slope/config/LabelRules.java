package dev.slope.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules that join what columns are used for with one another and with the model. */
final class LabelRules {
  private static final Set<String> TWO_CLASSES = Set.of("logistic_regression", "linear_svm");
  private static final String PROBABILITY_OF_ONE_CLASS = "logistic_regression";
  private static final String SAME_FOR_EVERY_SCORE = "softmax_regression";

  private final ConfigNode root;
  private final List<ConfigProblem> problems;

  private LabelRules(ConfigNode root, List<ConfigProblem> problems) {
    this.root = root;
    this.problems = problems;
  }

  /** Adds what the columns' uses break; values of a wrong type are passed over. */
  static void check(ConfigNode root, List<ConfigProblem> problems) {
    LabelRules rules = new LabelRules(root, problems);
    rules.uses();
    ConfigTree.text(root, "model", "type")
        .filter(ConfigNames.typeNames(ModelConfig.class)::contains)
        .ifPresent(rules::model);
  }

  /** The columns besides labels and features that a config names. */
  static List<NamedColumn> otherColumns(ConfigNode root) {
    List<NamedColumn> columns = new ArrayList<>();
    for (String key : List.of("weight_column", "offset_column")) {
      if (ConfigTree.member(root, key).orElse(null) instanceof ConfigNode.Text text) {
        columns.add(new NamedColumn(text.value(), text, "/" + key));
      }
    }
    if (ConfigTree.member(root, "data", "split", "column").orElse(null)
        instanceof ConfigNode.Text text) {
      columns.add(new NamedColumn(text.value(), text, "/data/split/column"));
    }
    if (ConfigTree.member(root, "ignore").orElse(null) instanceof ConfigNode.Sequence ignored) {
      for (int i = 0; i < ignored.elements().size(); i++) {
        if (ignored.elements().get(i) instanceof ConfigNode.Text text) {
          columns.add(new NamedColumn(text.value(), text, "/ignore/" + i));
        }
      }
    }
    return columns;
  }

  /** A column has one use. */
  private void uses() {
    Map<String, String> useByColumn = new LinkedHashMap<>();
    if (ConfigTree.member(root, "label").orElse(null) instanceof ConfigNode.Sequence labels) {
      labels.elements().stream()
          .filter(ConfigNode.Text.class::isInstance)
          .forEach(label -> useByColumn.put(((ConfigNode.Text) label).value(), "a label"));
    }
    ConfigTree.members(root, "features")
        .keySet()
        .forEach(feature -> useByColumn.putIfAbsent(feature, "a feature"));
    for (NamedColumn column : otherColumns(root)) {
      String use = useByColumn.putIfAbsent(column.name(), "named by " + column.pointer());
      if (use != null) {
        report(
            column.node(),
            column.pointer(),
            "must be a column with no other use, but '"
                + column.name()
                + "' is "
                + use
                + "; take it out of one of the two");
      }
    }
  }

  private void model(String type) {
    if (!TWO_CLASSES.contains(type)) {
      refuse(
          "positive_class",
          type,
          "is for models of two classes, logistic_regression and" + " linear_svm");
    }
    if (!type.equals(PROBABILITY_OF_ONE_CLASS)) {
      refuse("threshold", type, "is for the probability that logistic_regression predicts");
    }
    if (type.equals(SAME_FOR_EVERY_SCORE)) {
      refuse(
          "offset_column",
          type,
          "changes no probability where every class's score grows by the same");
    }
  }

  private void refuse(String key, String type, String reason) {
    ConfigTree.member(root, key)
        .ifPresent(node -> report(node, "/" + key, reason + "; leave it out with " + type));
  }

  private void report(ConfigNode node, String pointer, String message) {
    problems.add(new ConfigProblem(node.place(), pointer, message));
  }
}
