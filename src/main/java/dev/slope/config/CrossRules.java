package dev.slope.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules of features that cross columns. */
final class CrossRules {
  private static final String EVERY_OTHER = "*";

  private final ConfigNode root;
  private final List<ConfigProblem> problems;

  private CrossRules(ConfigNode root, List<ConfigProblem> problems) {
    this.root = root;
    this.problems = problems;
  }

  /** Adds what the crosses break; values of a wrong type are passed over. */
  static void check(ConfigNode root, List<ConfigProblem> problems) {
    CrossRules rules = new CrossRules(root, problems);
    Map<String, String> usesByColumn = rules.otherUses();
    Map<String, String> crossesByColumn = new HashMap<>();
    for (NamedColumn column : columns(root)) {
      crossesByColumn.putIfAbsent(column.name(), column.pointer());
      rules.column(column, usesByColumn);
    }
    for (NamedColumn cross : crosses(root)) {
      rules.cross(cross, crossesByColumn);
    }
  }

  /** The features that are crosses, by the names that they have. */
  static List<NamedColumn> crosses(ConfigNode root) {
    List<NamedColumn> crosses = new ArrayList<>();
    ConfigTree.members(root, "features")
        .forEach(
            (name, feature) -> {
              if (isCross(feature)) {
                crosses.add(new NamedColumn(name, feature, Pointers.child("/features", name)));
              }
            });
    return crosses;
  }

  /** The columns that are crossed, where each is named. */
  static List<NamedColumn> columns(ConfigNode root) {
    List<NamedColumn> columns = new ArrayList<>();
    for (NamedColumn cross : crosses(root)) {
      if (ConfigTree.member(cross.node(), "columns").orElse(null)
          instanceof ConfigNode.Sequence list) {
        for (int i = 0; i < list.elements().size(); i++) {
          if (list.elements().get(i) instanceof ConfigNode.Text text) {
            columns.add(new NamedColumn(text.value(), text, cross.pointer() + "/columns/" + i));
          }
        }
      }
    }
    return columns;
  }

  private static boolean isCross(ConfigNode feature) {
    return ConfigTree.text(feature, "type").equals(Optional.of("crossed"));
  }

  private Map<String, String> otherUses() {
    Map<String, String> uses = new HashMap<>();
    if (ConfigTree.member(root, "label").orElse(null) instanceof ConfigNode.Sequence labels) {
      for (ConfigNode label : labels.elements()) {
        if (label instanceof ConfigNode.Text text) {
          uses.put(text.value(), "a label");
        }
      }
    }
    for (NamedColumn other : LabelRules.otherColumns(root)) {
      // A column that is no feature by itself may be crossed.
      if (!other.pointer().startsWith("/ignore/")) {
        uses.putIfAbsent(other.name(), "named by " + other.pointer());
      }
    }
    return uses;
  }

  private void cross(NamedColumn cross, Map<String, String> crossesByColumn) {
    if (cross.name().equals(EVERY_OTHER)) {
      report(
          cross,
          "can't be crossed: a cross has a name of its own, as {\"a_and_b\": {\"type\":"
              + " \"crossed\", \"columns\": [\"a\", \"b\"], ...}}");
    }
    if (crossesByColumn.containsKey(cross.name())) {
      report(
          cross,
          "must not have the name of a column that is crossed, by %s; rename it"
              .formatted(crossesByColumn.get(cross.name())));
    }
    if (!(ConfigTree.member(cross.node(), "columns").orElse(null)
        instanceof ConfigNode.Sequence list)) {
      return;
    }
    if (list.elements().size() == 1) {
      problems.add(
          new ConfigProblem(
              list.place(),
              cross.pointer() + "/columns",
              "must be two columns or more, but was "
                  + list.elements().get(0).shown()
                  + " alone; for one column take 'hashed'"));
    }
    Set<String> seen = new HashSet<>();
    for (NamedColumn column : columns(root)) {
      if (column.pointer().startsWith(cross.pointer() + "/columns/") && !seen.add(column.name())) {
        report(column, "names '" + column.name() + "' a second time");
      }
    }
  }

  private void column(NamedColumn column, Map<String, String> usesByColumn) {
    String use = usesByColumn.get(column.name());
    if (use != null) {
      report(
          column,
          "must be a column with no other use, but '%s' is %s; take it out of one of the two"
              .formatted(column.name(), use));
    }
    ConfigNode feature = ConfigTree.member(root, "features", column.name()).orElse(null);
    if (feature == null) {
      return;
    }
    String pointer = Pointers.child("/features", column.name());
    switch (ConfigTree.text(feature, "type").orElse("")) {
      case "numeric" -> {
        if (!NumericRules.isBucketized(feature)) {
          report(
              column,
              "must be a category or have buckets, but '%s' is a number; give %s 'boundaries' or 'quantiles'"
                  .formatted(column.name(), pointer));
        }
      }
      case "datetime", "text" ->
          report(
              column,
              "must be a category or have buckets, but '%s' is a %s; cross a column of categories"
                  .formatted(column.name(), ConfigTree.text(feature, "type").orElseThrow()));
      default -> {
        // Categories of any kind can be crossed; a cross that is crossed has the name of a column.
      }
    }
  }

  private void report(NamedColumn at, String message) {
    problems.add(new ConfigProblem(at.node().place(), at.pointer(), message));
  }
}
