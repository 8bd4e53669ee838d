package dev.slope.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules that join the keys of a numeric feature. */
final class NumericRules {
  private final String pointer;
  private final ConfigNode feature;
  private final List<ConfigProblem> problems;

  private NumericRules(String pointer, ConfigNode feature, List<ConfigProblem> problems) {
    this.pointer = pointer;
    this.feature = feature;
    this.problems = problems;
  }

  /** Adds what the feature breaks; values of a wrong type are passed over. */
  static void check(ConfigNode feature, String pointer, List<ConfigProblem> problems) {
    NumericRules rules = new NumericRules(pointer, feature, problems);
    rules.sizes();
    rules.clip();
    rules.boundaries();
    rules.buckets();
    rules.logarithm();
    rules.missing();
  }

  /** Whether a feature has buckets, as far as it is written. */
  static boolean isBucketized(ConfigNode feature) {
    return bucketKey(feature).isPresent();
  }

  private static Optional<String> bucketKey(ConfigNode feature) {
    return List.of("boundaries", "quantiles").stream()
        .filter(key -> ConfigTree.member(feature, key).isPresent())
        .findFirst();
  }

  /** The model's numbers are of float32. */
  private void sizes() {
    for (String key : List.of("clip", "boundaries")) {
      if (ConfigTree.member(feature, key).orElse(null) instanceof ConfigNode.Sequence list) {
        for (int i = 0; i < list.elements().size(); i++) {
          size(list.elements().get(i), pointer + "/" + key + "/" + i);
        }
      }
    }
    if (ConfigTree.member(feature, "missing").orElse(null)
        instanceof ConfigNode.Structure missing) {
      ConfigTree.member(missing, "value")
          .ifPresent(value -> size(value, missing.memberPointer(pointer + "/missing", "value")));
    }
  }

  private void size(ConfigNode node, String at) {
    if (node instanceof ConfigNode.Numeral number
        && Float.isInfinite(Float.parseFloat(number.literal()))
        && Double.isFinite(Double.parseDouble(number.literal()))) {
      problems.add(
          new ConfigProblem(
              node.place(),
              at,
              "must be a number of at most 3.4e38 in magnitude, but was " + node.shown()));
    }
  }

  private void clip() {
    if (ConfigTree.member(feature, "clip").orElse(null) instanceof ConfigNode.Sequence clip
        && isNumbers(clip)
        && !(clip.elements().size() == 2 && value(clip, 0) < value(clip, 1))) {
      report(
          clip,
          "clip",
          "must be two ascending numbers [low, high], but was "
              + clip.elements().stream()
                  .map(ConfigNode::shown)
                  .collect(Collectors.joining(", ", "[", "]")));
    }
  }

  private void boundaries() {
    if (!(ConfigTree.member(feature, "boundaries").orElse(null)
            instanceof ConfigNode.Sequence boundaries)
        || !isNumbers(boundaries)) {
      return;
    }
    for (int i = 1; i < boundaries.elements().size(); i++) {
      if (!(value(boundaries, i - 1) < value(boundaries, i))) {
        report(
            boundaries.elements().get(i),
            "boundaries/" + i,
            "must be more than the boundary before it, in float32, but "
                + boundaries.elements().get(i).shown()
                + " follows "
                + boundaries.elements().get(i - 1).shown());
      }
    }
  }

  /** What a bucket doesn't need, as it has a weight of its own. */
  private void buckets() {
    Optional<String> buckets = bucketKey(feature);
    if (buckets.isEmpty()) {
      return;
    }
    if (buckets.get().equals("boundaries")) {
      reportIfGiven("quantiles", "can't stand beside 'boundaries'; leave one of the two out");
    }
    String idle =
        "does nothing beside '%s', where each bucket has a weight of its own; leave it out"
            .formatted(buckets.get());
    reportIfGiven("scaling", idle);
    reportIfGiven("degree", idle);
    reportIfGiven("clip", idle);
    if (hasIndicator() && !isWithoutPrediction()) {
      reportIfGiven(
          "missing",
          "does nothing beside 'missing_indicator' and '%s', where missing numbers have a bucket of"
                  .formatted(buckets.get())
              + " their own; leave it out");
    }
  }

  /** {@code log(1 + x)} is of numbers above -1. */
  private void logarithm() {
    if (!ConfigTree.text(feature, "scaling").equals(Optional.of("log1p"))) {
      return;
    }
    boolean clipped = false;
    if (ConfigTree.member(feature, "clip").orElse(null) instanceof ConfigNode.Sequence clip
        && clip.elements().size() == 2
        && isNumbers(clip)) {
      clipped = value(clip, 0) > -1;
      if (!clipped) {
        report(clip.elements().get(0), "clip/0", aboveMinusOne(clip.elements().get(0)));
      }
    }
    if (!clipped) {
      logarithmOfMissing();
    }
  }

  private void logarithmOfMissing() {
    if (ConfigTree.member(feature, "missing").orElse(null) instanceof ConfigNode.Structure missing
        && missing.members().get("value") instanceof ConfigNode.Numeral value
        && Float.parseFloat(value.literal()) <= -1) {
      problems.add(
          new ConfigProblem(
              value.place(),
              missing.memberPointer(pointer + "/missing", "value"),
              aboveMinusOne(value)));
    }
  }

  private static String aboveMinusOne(ConfigNode value) {
    return "must be > -1 for scaling 'log1p', the logarithm of 1 + x, but was " + value.shown();
  }

  private void missing() {
    if (hasIndicator() && isWithoutPrediction()) {
      ConfigTree.member(feature, "missing_indicator")
          .ifPresent(
              node ->
                  report(
                      node,
                      "missing_indicator",
                      "does nothing where missing is '%s', as no such row trains or has a prediction; leave it out, or let 'missing' be mean, median or a number"
                          .formatted(ConfigTree.text(feature, "missing", "type").orElseThrow())));
    }
  }

  private boolean hasIndicator() {
    return ConfigTree.member(feature, "missing_indicator").orElse(null)
            instanceof ConfigNode.Truth truth
        && truth.value();
  }

  private boolean isWithoutPrediction() {
    return ConfigTree.text(feature, "missing", "type")
        .filter(type -> type.equals("drop") || type.equals("error"))
        .isPresent();
  }

  private static boolean isNumbers(ConfigNode.Sequence list) {
    return list.elements().stream().allMatch(ConfigNode.Numeral.class::isInstance);
  }

  /** As the model has it. */
  private static float value(ConfigNode.Sequence list, int index) {
    return Float.parseFloat(((ConfigNode.Numeral) list.elements().get(index)).literal());
  }

  private void reportIfGiven(String key, String message) {
    ConfigTree.member(feature, key)
        .filter(value -> !ConfigDefaults.isDefault(value, FeatureConfig.Numeric.class, key))
        .ifPresent(value -> report(value, key, message));
  }

  private void report(ConfigNode node, String key, String message) {
    problems.add(new ConfigProblem(node.place(), pointer + "/" + key, message));
  }
}
