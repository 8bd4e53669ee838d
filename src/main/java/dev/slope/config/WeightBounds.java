package dev.slope.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Between which values a weight must stay; equal bounds fix it.
 *
 * @param low the lowest value
 * @param high the highest; at least {@code low}
 */
public record WeightBounds(double low, double high) {
  public WeightBounds {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "bounds must have low <= high, but were [" + low + ", " + high + "]");
    }
  }

  /** The bounds that a config writes as two numbers. */
  static WeightBounds of(List<Double> pair) {
    if (pair.size() != 2) {
      throw new IllegalArgumentException("bounds must be [low, high], but were " + pair);
    }
    return new WeightBounds(pair.get(0), pair.get(1));
  }

  /** An unmodifiable copy, in the same order, in which every pair is in order. */
  static Map<String, List<Double>> checked(Map<String, List<Double>> bounds) {
    bounds.values().forEach(WeightBounds::of);
    return Collections.unmodifiableMap(new LinkedHashMap<>(bounds));
  }
}
