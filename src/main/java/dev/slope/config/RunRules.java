package dev.slope.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules that join several keys of a config, checked on the tree beside the types. */
final class RunRules {
  /** Which rows a metric is of, in front of its name. */
  private static final List<String> PARTS = List.of("train", "validation", "test");

  private final ConfigNode root;
  private final List<ConfigProblem> problems;

  private RunRules(ConfigNode root, List<ConfigProblem> problems) {
    this.root = root;
    this.problems = problems;
  }

  /** Adds what the written-out tree breaks; values of a wrong type are passed over. */
  static void check(ConfigNode root, List<ConfigProblem> problems) {
    RunRules rules = new RunRules(root, problems);
    rules.labels();
    rules.bounds("/expect", ConfigTree.members(root, "expect"));
    rules.bounds("/gate/metrics", ConfigTree.members(root, "gate", "metrics"));
    rules.comparison();
    SourceRules.check(root, problems);
    FeatureRules.check(root, problems);
    SplitRules.check(root, problems);
    ModelRules.check(root, problems);
    OptimizerRules.check(root, problems);
    LabelRules.check(root, problems);
    SecondOrderRules.check(root, problems);
    BatchRules.check(root, problems);
    PrecisionRules.check(root, problems);
    StatisticsRules.check(root, problems);
    TuneRules.check(root, problems);
    rules.columns();
  }

  private void labels() {
    Set<String> seen = new HashSet<>();
    for (NamedColumn label : labelNodes()) {
      if (!seen.add(label.name())) {
        report(label.node(), label.pointer(), "names '" + label.name() + "' a second time");
      }
      ConfigTree.member(root, "features", label.name())
          .ifPresent(
              feature ->
                  report(
                      feature,
                      Pointers.child("/features", label.name()),
                      "is a label and can't be a feature; take it out of one of the two"));
    }
  }

  private void bounds(String parent, Map<String, ConfigNode> members) {
    for (Map.Entry<String, ConfigNode> member : members.entrySet()) {
      String pointer = Pointers.child(parent, member.getKey());
      metricName(member.getKey(), member.getValue(), pointer);
      Optional<Double> min = ConfigTree.number(member.getValue(), "min");
      Optional<Double> max = ConfigTree.number(member.getValue(), "max");
      if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
        report(
            member.getValue(),
            pointer,
            "must have min <= max, but was " + min.get() + " > " + max.get());
      }
      if (member.getValue() instanceof ConfigNode.Structure bounds && bounds.members().isEmpty()) {
        report(member.getValue(), pointer, "must have min, max or both");
      }
    }
  }

  /** What models are compared by must not contain a penalty, which a constant hasn't. */
  private void comparison() {
    Optional<ConfigNode> node = ConfigTree.member(root, "gate", "metric");
    Optional<String> metric = ConfigTree.text(root, "gate", "metric");
    if (node.isEmpty() || metric.isEmpty() || !MetricName.keys().contains(metric.get())) {
      return;
    }
    String pointer = "/gate/metric";
    if (metric.get().equals(MetricName.LOSS.key())) {
      report(
          node.get(),
          pointer,
          "must not be loss, which contains the penalty; take a metric of the predictions");
      return;
    }
    ConfigTree.text(root, "model", "type")
        .filter(ConfigNames.typeNames(ModelConfig.class)::contains)
        .ifPresent(type -> metricOfModel(metric.get(), type, node.get(), pointer));
  }

  private void metricName(String name, ConfigNode node, String pointer) {
    Optional<String> part =
        PARTS.stream().filter(prefix -> name.startsWith(prefix + ".")).findFirst();
    String metric = part.map(prefix -> name.substring(prefix.length() + 1)).orElse(name);
    if (!MetricName.keys().contains(metric)) {
      report(
          node,
          pointer,
          "is no metric; "
              + Suggestions.nearest(metric, MetricName.keys())
                  .map(near -> "did you mean '" + near + "'?")
                  .orElseGet(() -> "metrics: " + MetricName.keys()));
      return;
    }
    if (part.isPresent() && !part.get().equals("train") && !SplitRules.mayHave(root, part.get())) {
      report(
          node,
          pointer,
          "is a metric of %1$s rows, and there are none; give /data/%1$s or /data/split"
              .formatted(part.get()));
    }
    ConfigTree.text(root, "model", "type")
        .filter(ConfigNames.typeNames(ModelConfig.class)::contains)
        .ifPresent(type -> metricOfModel(metric, type, node, pointer));
  }

  private void metricOfModel(String metric, String modelType, ConfigNode node, String pointer) {
    List<String> known = MetricName.of(modelType).stream().map(MetricName::key).toList();
    if (!known.contains(metric)) {
      report(node, pointer, "is no metric of " + modelType + "; its metrics: " + known);
    }
  }

  /** Labels and features must be columns, where the config itself says which columns there are. */
  private void columns() {
    Optional<Set<String>> known = SourceRules.columns(root);
    if (known.isEmpty()) {
      return;
    }
    Set<String> crosses =
        CrossRules.crosses(root).stream().map(NamedColumn::name).collect(Collectors.toSet());
    Stream<NamedColumn> features =
        ConfigTree.members(root, "features").entrySet().stream()
            .filter(feature -> !feature.getKey().equals("*") && !crosses.contains(feature.getKey()))
            .map(
                feature ->
                    new NamedColumn(
                        feature.getKey(),
                        feature.getValue(),
                        Pointers.child("/features", feature.getKey())));
    CrossRules.crosses(root).stream()
        .filter(cross -> known.get().contains(cross.name()))
        .forEach(
            cross ->
                report(
                    cross.node(),
                    cross.pointer(),
                    "is a cross and must not have the name of a column of the data; rename it"));
    Stream.of(
            labelNodes().stream(),
            LabelRules.otherColumns(root).stream(),
            features,
            CrossRules.columns(root).stream())
        .flatMap(named -> named)
        .filter(named -> !known.get().contains(named.name()))
        .forEach(
            named ->
                report(
                    named.node(),
                    named.pointer(),
                    "must be a column of the data, but was '"
                        + named.name()
                        + "'; "
                        + Suggestions.nearest(named.name(), known.get())
                            .map(near -> "did you mean '" + near + "'?")
                            .orElseGet(() -> "columns: " + known.get())));
  }

  private List<NamedColumn> labelNodes() {
    List<NamedColumn> labels = new ArrayList<>();
    if (ConfigTree.member(root, "label").orElse(null) instanceof ConfigNode.Sequence sequence) {
      for (int i = 0; i < sequence.elements().size(); i++) {
        if (sequence.elements().get(i) instanceof ConfigNode.Text text) {
          labels.add(new NamedColumn(text.value(), text, "/label/" + i));
        }
      }
    }
    return labels;
  }

  private void report(ConfigNode node, String pointer, String message) {
    problems.add(new ConfigProblem(node.place(), pointer, message));
  }
}
