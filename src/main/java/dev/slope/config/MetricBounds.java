package dev.slope.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * The values a metric may have.
 *
 * @param min the smallest, included
 * @param max the largest, included
 */
public record MetricBounds(
    @JsonPropertyDescription("The smallest value, included.") @Nullable Double min,
    @JsonPropertyDescription("The largest value, included.") @Nullable Double max) {
  public MetricBounds {
    Constraints.check(MetricBounds.class, min, max);
  }
}
