package dev.slope.config;

import dev.slope.config.equation.Equation;
import dev.slope.config.equation.EquationException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules that join several keys of a data source. */
final class SourceRules {
  /** More rows than any matrix in memory holds. */
  private static final double MAX_GRID_ROWS = Integer.MAX_VALUE;

  private final String sourcePointer;
  private final ConfigNode source;
  private final List<ConfigProblem> problems;

  private SourceRules(String sourcePointer, ConfigNode source, List<ConfigProblem> problems) {
    this.sourcePointer = sourcePointer;
    this.source = source;
    this.problems = problems;
  }

  /** Adds what the sources break; values of a wrong type are passed over. */
  static void check(ConfigNode root, List<ConfigProblem> problems) {
    for (String part : List.of("train", "validation", "test")) {
      check(part, root, problems);
    }
  }

  private static void check(String part, ConfigNode root, List<ConfigProblem> problems) {
    ConfigTree.member(root, "data", part)
        .ifPresent(
            source -> {
              SourceRules rules = new SourceRules("/data/" + part, source, problems);
              switch (ConfigTree.text(source, "type").orElse("")) {
                case "inline" -> rules.inline();
                case "synthetic" -> rules.synthetic();
                case "file" -> FileRules.check(source, rules.sourcePointer, problems);
                case "jdbc" -> JdbcRules.check(source, rules.sourcePointer, problems);
                default -> {
                  // The others have no rule that joins their keys.
                }
              }
            });
  }

  /** The training source's columns, where the config itself says which there are. */
  static Optional<Set<String>> columns(ConfigNode root) {
    Optional<ConfigNode> source = ConfigTree.member(root, "data", "train");
    return switch (source.flatMap(node -> ConfigTree.text(node, "type")).orElse("")) {
      case "inline" -> source.map(node -> ConfigTree.members(node, "columns").keySet());
      case "synthetic" ->
          source
              .flatMap(node -> ConfigTree.text(node, "equation"))
              .flatMap(SourceRules::label)
              .map(
                  label -> {
                    Set<String> names =
                        new LinkedHashSet<>(ConfigTree.members(source.get(), "variables").keySet());
                    names.add(label);
                    return names;
                  });
      default -> Optional.empty();
    };
  }

  private static Optional<String> label(String equation) {
    try {
      return Optional.of(Equation.parse(equation).label());
    } catch (EquationException e) {
      return Optional.empty();
    }
  }

  private void inline() {
    Integer rows = null;
    for (Map.Entry<String, ConfigNode> column : ConfigTree.members(source, "columns").entrySet()) {
      if (!(column.getValue() instanceof ConfigNode.Sequence values)) {
        continue;
      }
      int length = values.elements().size();
      String pointer = Pointers.child(sourcePointer + "/columns", column.getKey());
      if (length == 0) {
        report(values, pointer, "must have at least one value");
      } else if (rows == null) {
        rows = length;
      } else if (length != rows) {
        report(
            values,
            pointer,
            "must have as many values as the first column, " + rows + ", but has " + length);
      }
    }
  }

  private void synthetic() {
    Map<String, ConfigNode> variables = ConfigTree.members(source, "variables");
    ConfigTree.member(source, "equation")
        .filter(ConfigNode.Text.class::isInstance)
        .map(ConfigNode.Text.class::cast)
        .ifPresent(text -> equation(text, variables));
    double grid = 1;
    boolean anyRange = false;
    for (Map.Entry<String, ConfigNode> variable : variables.entrySet()) {
      String pointer = Pointers.child(sourcePointer + "/variables", variable.getKey());
      switch (ConfigTree.text(variable.getValue(), "type").orElse("")) {
        case "range" -> {
          anyRange = true;
          grid *= rangeRows(variable.getValue(), pointer);
        }
        case "uniform" -> uniform(variable.getValue(), pointer);
        default -> {
          // A normal distribution has no rule that joins its keys.
        }
      }
    }
    if (grid > MAX_GRID_ROWS) {
      report(
          source,
          sourcePointer + "/variables",
          "must make at most %.0f rows, but their grid has %.3g".formatted(MAX_GRID_ROWS, grid));
    }
    rows(anyRange, variables.isEmpty());
  }

  private void equation(ConfigNode.Text text, Map<String, ConfigNode> variables) {
    String pointer = sourcePointer + "/equation";
    Equation equation;
    try {
      equation = Equation.parse(text.value());
    } catch (EquationException e) {
      report(
          text,
          pointer,
          "must be 'label = expression', but was " + text.shown() + ": " + e.getMessage());
      return;
    }
    if (variables.containsKey(equation.label())) {
      report(
          text, pointer, "computes '" + equation.label() + "', which is also one of its variables");
    }
    for (String name : equation.variables()) {
      if (!variables.containsKey(name)) {
        report(
            text,
            pointer,
            "uses '"
                + name
                + "', which /data/train/variables does not define"
                + Suggestions.nearest(name, variables.keySet())
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse("; variables: " + variables.keySet()));
      }
    }
  }

  /** How many values a range has; 1 where it can't be told. */
  private double rangeRows(ConfigNode range, String pointer) {
    Optional<Double> from = ConfigTree.number(range, "from");
    Optional<Double> to = ConfigTree.number(range, "to");
    Optional<Double> step = ConfigTree.number(range, "step");
    if (from.isEmpty() || to.isEmpty() || step.isEmpty()) {
      return 1;
    }
    if (from.get() > to.get()) {
      report(range, pointer, "must have from <= to, but was " + from.get() + " > " + to.get());
      return 1;
    }
    return step.get() > 0 ? Math.floor((to.get() - from.get()) / step.get() + 1e-6) + 1 : 1;
  }

  private void uniform(ConfigNode uniform, String pointer) {
    Optional<Double> low = ConfigTree.number(uniform, "low");
    Optional<Double> high = ConfigTree.number(uniform, "high");
    if (low.isPresent() && high.isPresent() && low.get() >= high.get()) {
      report(uniform, pointer, "must have low < high, but was " + low.get() + " >= " + high.get());
    }
  }

  private void rows(boolean anyRange, boolean noVariable) {
    Optional<ConfigNode> rows = ConfigTree.member(source, "rows");
    if (rows.isPresent() && anyRange) {
      report(
          rows.get(),
          sourcePointer + "/rows",
          "must be left out where a variable is a range: the grid of the ranges says how many");
    }
    if (rows.isEmpty() && !anyRange && !noVariable) {
      report(source, sourcePointer + "/rows", "is required where no variable is a range");
    }
  }

  private void report(ConfigNode node, String pointer, String message) {
    problems.add(new ConfigProblem(node.place(), pointer, message));
  }
}
