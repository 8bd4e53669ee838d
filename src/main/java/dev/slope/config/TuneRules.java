package dev.slope.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The rules of a search: what may be tried, how many settings that makes, and what measures. */
final class TuneRules {
  /** More settings than anybody waits for, or reads the table of. */
  static final long MOST_SETTINGS = 10_000;

  private static final String POINTER = "/tune";
  private static final String PARAMETERS = POINTER + "/parameters";

  /** What a model doesn't depend on, or what models can't be compared over. */
  private static final Set<String> FIXED =
      Set.of(
          "$schema", "name", "description", "expect", "gate", "label", "tune", "report", "export");

  private final ConfigNode root;
  private final List<ConfigProblem> problems;

  private TuneRules(ConfigNode root, List<ConfigProblem> problems) {
    this.root = root;
    this.problems = problems;
  }

  /** Adds what the search breaks; values of a wrong type are passed over. */
  static void check(ConfigNode root, List<ConfigProblem> problems) {
    if (ConfigTree.member(root, "tune").orElse(null) instanceof ConfigNode.Structure tune) {
      TuneRules rules = new TuneRules(root, problems);
      rules.parameters();
      rules.search();
      rules.rows(tune);
      rules.stratified();
      rules.metric();
    }
  }

  private void parameters() {
    List<String> before = new ArrayList<>();
    ConfigTree.members(root, "tune", "parameters")
        .forEach(
            (pointer, parameter) -> {
              if (pointer(pointer, parameter, before)) {
                values(pointer, parameter);
              }
              before.add(pointer);
            });
  }

  /** Whether a key is a pointer to something that may be tried. */
  private boolean pointer(String pointer, ConfigNode parameter, List<String> before) {
    String at = Pointers.child(PARAMETERS, pointer);
    if (!pointer.startsWith("/")) {
      report(
          parameter,
          at,
          "must have a JSON pointer for its name, such as /model/l2, but has '" + pointer + "'");
      return false;
    }
    String first = Pointers.keys(pointer).get(0);
    Set<String> known = ConfigType.run().fields().keySet();
    if (!known.contains(first)) {
      report(
          parameter,
          at,
          "must point to a value of the config, but there is no key '%s'; %s"
              .formatted(
                  first,
                  Suggestions.nearest(first, known)
                      .map(near -> "did you mean '" + near + "'?")
                      .orElseGet(() -> "keys: " + known)));
      return false;
    }
    if (FIXED.contains(first)) {
      report(
          parameter,
          at,
          first.equals("label")
              ? "can't be tried: errors of different labels can't be compared"
              : "can't be tried: no model depends on /" + first);
      return false;
    }
    for (String earlier : before) {
      if (earlier.startsWith(pointer + "/")) {
        report(
            parameter,
            at,
            "would overwrite '%s', which is written before it; write it first".formatted(earlier));
        return false;
      }
    }
    return true;
  }

  private void values(String pointer, ConfigNode parameter) {
    String at = Pointers.child(PARAMETERS, pointer);
    switch (ConfigTree.text(parameter, "type").orElse("")) {
      case "values" -> distinct(at, parameter);
      case "range" -> range(at, parameter);
      case "path" -> {
        if (!pointer.equals(TuneConfig.L1) && !pointer.equals(TuneConfig.L2)) {
          report(
              parameter,
              at,
              "can't be a path, which only %s and %s have; give it values or a range"
                  .formatted(TuneConfig.L1, TuneConfig.L2));
        }
      }
      default -> {
        // Its type is a problem that is reported already.
      }
    }
  }

  private void distinct(String at, ConfigNode parameter) {
    if (ConfigTree.member(parameter, "values").orElse(null)
        instanceof ConfigNode.Sequence sequence) {
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < sequence.elements().size(); i++) {
        ConfigNode value = sequence.elements().get(i);
        if (!ConfigChecker.hasNothing(value) && !seen.add(valueKey(value))) {
          report(value, at + "/" + i, "names " + value.shown() + " a second time");
        }
      }
    }
  }

  /** What equal values have in common, however a number is written. */
  private static String valueKey(ConfigNode value) {
    return value instanceof ConfigNode.Numeral numeral
        ? Double.toString(Double.parseDouble(numeral.literal()))
        : ConfigWriter.compact(value);
  }

  private void range(String at, ConfigNode range) {
    Optional<Double> from = ConfigTree.number(range, "from");
    Optional<Double> to = ConfigTree.number(range, "to");
    if (from.isEmpty() || to.isEmpty()) {
      return; // Each is required.
    }
    if (!(from.get() < to.get())) {
      report(range, at, "must have from < to, but was %s and %s".formatted(from.get(), to.get()));
    } else if (isLog(range) && !(from.get() > 0)) {
      report(
          range,
          at + "/from",
          "must be > 0 on the scale 'log', but was %s; take the scale 'linear'"
              .formatted(from.get()));
    }
    if (ConfigTree.member(range, "count").isEmpty() && !isRandom()) {
      report(
          range,
          at + "/count",
          "is required for a grid: how many numbers to try; or take the search 'random'");
    }
  }

  private static boolean isLog(ConfigNode range) {
    return ConfigTree.text(range, "scale").equals(Optional.of("log"));
  }

  private boolean isRandom() {
    return ConfigTree.text(root, "tune", "search", "type").equals(Optional.of("random"));
  }

  /** How many settings there are must be few enough to try, and enough to draw from. */
  private void search() {
    double settings = 1;
    for (ConfigNode parameter : ConfigTree.members(root, "tune", "parameters").values()) {
      settings *= count(parameter);
    }
    if (!isRandom()) {
      // Where any number may be drawn, what is missing is said already.
      if (settings > MOST_SETTINGS && Double.isFinite(settings)) {
        report(
            ConfigTree.member(root, "tune", "parameters").orElseThrow(),
            PARAMETERS,
            "must make at most %,d settings, but make %.0f; take fewer values, or the search 'random'"
                .formatted(MOST_SETTINGS, settings));
      }
      return;
    }
    ConfigNode search = ConfigTree.member(root, "tune", "search").orElseThrow();
    double trials =
        ConfigTree.number(root, "tune", "search", "trials")
            .orElseGet(() -> absent(SearchConfig.RandomDraws.class, "trials"));
    if (trials > MOST_SETTINGS) {
      report(
          search,
          POINTER + "/search/trials",
          "must be at most %,d, but was %.0f".formatted(MOST_SETTINGS, trials));
    } else if (settings > 0 && trials > settings) {
      report(
          search,
          POINTER + "/search/trials",
          "must be at most %.0f, as many settings as there are, but was %.0f; take fewer, or the search 'grid'"
              .formatted(settings, trials));
    }
  }

  /** How many values a parameter has: infinitely many where any number may be drawn. */
  private static double count(ConfigNode parameter) {
    return switch (ConfigTree.text(parameter, "type").orElse("")) {
      case "values" ->
          ConfigTree.member(parameter, "values").orElse(null) instanceof ConfigNode.Sequence list
              ? list.elements().size()
              : 0;
      case "range" -> ConfigTree.number(parameter, "count").orElse(Double.POSITIVE_INFINITY);
      case "path" ->
          ConfigTree.number(parameter, "count")
              .orElseGet(() -> absent(ParameterConfig.PenaltyPath.class, "count"));
      default -> 0;
    };
  }

  /** The number that an absent key stands for. */
  private static double absent(Class<? extends Record> type, String key) {
    ConfigType.Field field = ConfigType.structure(type).fields().get(key);
    return Double.parseDouble(
        Objects.requireNonNull(Objects.requireNonNull(field, key).defaultJson(), key));
  }

  private void rows(ConfigNode tune) {
    if (ConfigTree.member(tune, "folds").isEmpty() && !SplitRules.mayHave(root, "validation")) {
      report(
          tune,
          POINTER + "/folds",
          "is required where there are no validation rows: without rows that are held out nothing"
              + " can be compared; or give /data/validation or /data/split");
    }
  }

  private void stratified() {
    Optional<ConfigNode> stratified = ConfigTree.member(root, "tune", "stratified");
    if (!(stratified.orElse(null) instanceof ConfigNode.Truth truth) || !truth.value()) {
      return;
    }
    String type = ConfigTree.text(root, "model", "type").orElse("");
    if (ConfigTree.member(root, "tune", "folds").isEmpty()) {
      report(
          truth,
          POINTER + "/stratified",
          "is for folds; leave it out where the validation rows measure (/data/split/stratified)");
    } else if (!SplitRules.CLASSIFIERS.contains(type)
        && ConfigNames.typeNames(ModelConfig.class).contains(type)) {
      report(
          truth,
          POINTER + "/stratified",
          "is for classifiers, which have classes to spread one by one; leave it out with " + type);
    }
  }

  /**
   * Settings are compared by what they predict; whether a model has it is known setting by setting.
   */
  private void metric() {
    if (ConfigTree.text(root, "tune", "metric").equals(Optional.of(MetricName.LOSS.key()))) {
      report(
          ConfigTree.member(root, "tune", "metric").orElseThrow(),
          POINTER + "/metric",
          "must not be loss, which contains the penalty; take a metric of the predictions");
    }
  }

  private void report(ConfigNode node, String pointer, String message) {
    problems.add(new ConfigProblem(node.place(), pointer, message));
  }
}
