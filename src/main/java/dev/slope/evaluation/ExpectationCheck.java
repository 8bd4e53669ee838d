package dev.slope.evaluation;

import dev.slope.config.MetricBounds;
import dev.slope.config.MetricName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares metrics with the bounds that a config sets for them. */
public final class ExpectationCheck {
  private ExpectationCheck() {}

  /**
   * The bounds that are not kept, each as a message for the user.
   *
   * @param metrics what was measured, with its prefixes
   * @param expected bounds by the names of metrics
   * @return in the order of {@code expected}; empty where every bound is kept
   */
  public static List<String> misses(MetricValues metrics, Map<String, MetricBounds> expected) {
    List<String> misses = new ArrayList<>();
    expected.forEach((name, bounds) -> addMisses(name, bounds, metrics, misses));
    return List.copyOf(misses);
  }

  /**
   * Why a model is not better than another, as messages for the user.
   *
   * @param metric by which they compare
   * @param metrics of the model
   * @param other what the other is called
   * @param others its metrics, of the same rows
   * @return empty where the model is better, and not just as good
   */
  public static List<String> notBetter(
      MetricName metric, MetricValues metrics, String other, MetricValues others) {
    String rule =
        metric.key() + " must be " + (metric.growsWithQuality() ? "above" : "below") + " that of ";
    Double value = metrics.byName().get(metric.key());
    Double bound = others.byName().get(metric.key());
    if (bound == null) {
      return List.of(
          rule + other + ", which has none: " + others.undefined().getOrDefault(metric.key(), "?"));
    }
    String clause = rule + other + ", " + number(bound);
    if (value == null) {
      return List.of(
          clause + ", but is undefined: " + metrics.undefined().getOrDefault(metric.key(), "?"));
    }
    boolean better = metric.growsWithQuality() ? value > bound : value < bound;
    return better ? List.of() : List.of(clause + ", but was " + number(value));
  }

  private static void addMisses(
      String name, MetricBounds bounds, MetricValues metrics, List<String> misses) {
    Double value = metrics.byName().get(name);
    if (value == null) {
      String reason = metrics.undefined().get(name);
      misses.add(
          reason != null
              ? name + " must be " + rule(bounds) + ", but is undefined: " + reason
              : "a metric must be one of "
                  + metrics.byName().keySet()
                  + ", but was '"
                  + name
                  + "'");
      return;
    }
    // Written so that a NaN misses every bound.
    if (bounds.min() != null && !(value >= bounds.min())) {
      misses.add(name + " must be >= " + number(bounds.min()) + ", but was " + number(value));
    }
    if (bounds.max() != null && !(value <= bounds.max())) {
      misses.add(name + " must be <= " + number(bounds.max()) + ", but was " + number(value));
    }
  }

  private static String rule(MetricBounds bounds) {
    List<String> rules = new ArrayList<>();
    addRule(">= ", bounds.min(), rules);
    addRule("<= ", bounds.max(), rules);
    return rules.isEmpty() ? "defined" : String.join(" and ", rules);
  }

  private static void addRule(String comparison, @Nullable Double bound, List<String> rules) {
    if (bound != null) {
      rules.add(comparison + number(bound));
    }
  }

  /** All digits that tell the value from its neighbours, without a trailing {@code .0}. */
  private static String number(double value) {
    double magnitude = Math.abs(value);
    boolean plain = magnitude >= 1e-4 && magnitude < 1e15;
    if (value == 0) {
      return "0";
    }
    return plain
        ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }
}
