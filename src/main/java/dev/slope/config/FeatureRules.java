package dev.slope.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules that join the keys of a feature, and features with one another. */
final class FeatureRules {
  private final String pointer;
  private final ConfigNode feature;
  private final List<ConfigProblem> problems;

  private FeatureRules(String pointer, ConfigNode feature, List<ConfigProblem> problems) {
    this.pointer = pointer;
    this.feature = feature;
    this.problems = problems;
  }

  /** Adds what the features break; values of a wrong type are passed over. */
  static void check(ConfigNode root, List<ConfigProblem> problems) {
    for (Map.Entry<String, ConfigNode> member : ConfigTree.members(root, "features").entrySet()) {
      String pointer = Pointers.child("/features", member.getKey());
      FeatureRules rules = new FeatureRules(pointer, member.getValue(), problems);
      switch (ConfigTree.text(member.getValue(), "type").orElse("")) {
        case "numeric" -> NumericRules.check(member.getValue(), pointer, problems);
        case "categorical" -> rules.vocabulary();
        case "datetime" -> rules.differ("parts");
        default -> {
          // Crosses are checked together; the others have no rule that joins their keys.
        }
      }
    }
    CrossRules.check(root, problems);
  }

  private void vocabulary() {
    if (!(ConfigTree.member(feature, "vocabulary").orElse(null)
        instanceof ConfigNode.Sequence vocabulary)) {
      return;
    }
    differ("vocabulary");
    for (int i = 0; i < vocabulary.elements().size(); i++) {
      if (vocabulary.elements().get(i) instanceof ConfigNode.Text text && text.value().isEmpty()) {
        report(
            text,
            pointer + "/vocabulary/" + i,
            "must not be empty: that is a missing value, which is a level of its own; leave it"
                + " out");
      }
    }
    for (String key : List.of("max_size", "min_count")) {
      ConfigTree.member(feature, key)
          .filter(value -> !ConfigDefaults.isDefault(value, FeatureConfig.Categorical.class, key))
          .ifPresent(
              value ->
                  report(
                      value,
                      pointer + "/" + key,
                      "is for a vocabulary that is learnt and does nothing beside 'vocabulary';"
                          + " leave one of the two out"));
    }
  }

  /** No element of a list twice; a number and its text are the same. */
  private void differ(String key) {
    if (ConfigTree.member(feature, key).orElse(null) instanceof ConfigNode.Sequence list) {
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < list.elements().size(); i++) {
        ConfigNode element = list.elements().get(i);
        String text = element instanceof ConfigNode.Text string ? string.value() : element.shown();
        if (!seen.add(text)) {
          report(element, pointer + "/" + key + "/" + i, "names '" + text + "' a second time");
        }
      }
    }
  }

  private void report(ConfigNode node, String at, String message) {
    problems.add(new ConfigProblem(node.place(), at, message));
  }
}
