package dev.slope.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Metrics by name.
 *
 * @param byName those that have a value
 * @param undefined those that have none, each with the reason as a clause for a message
 */
public record MetricValues(Map<String, Double> byName, Map<String, String> undefined) {
  public MetricValues {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    undefined = Collections.unmodifiableMap(new LinkedHashMap<>(undefined));
  }

  /** The same metrics with a prefix before each name, such as {@code train.}. */
  public MetricValues withPrefix(String prefix) {
    return new MetricValues(prefixed(prefix, byName), prefixed(prefix, undefined));
  }

  /** These metrics and others; where both have a name, the others' counts. */
  public MetricValues and(MetricValues others) {
    Map<String, Double> values = new LinkedHashMap<>(byName);
    Map<String, String> reasons = new LinkedHashMap<>(undefined);
    values.keySet().removeAll(others.undefined.keySet());
    reasons.keySet().removeAll(others.byName.keySet());
    values.putAll(others.byName);
    reasons.putAll(others.undefined);
    return new MetricValues(values, reasons);
  }

  private static <V> Map<String, V> prefixed(String prefix, Map<String, V> values) {
    Map<String, V> result = new LinkedHashMap<>();
    values.forEach((name, value) -> result.put(prefix + name, value));
    return result;
  }
}
