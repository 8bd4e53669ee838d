package dev.slope.tuning;

import dev.slope.config.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A setting to try.
 *
 * @param values by the JSON pointers of what they are values of, in the config's order
 */
public record Candidate(Map<String, CandidateValue> values) {
  private static final JsonValue ANY_PENALTY = new JsonValue("1");

  public Candidate {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Whether any value depends on the rows. */
  public boolean hasPath() {
    return values.values().stream().anyMatch(value -> value instanceof CandidateValue.OfPath);
  }

  /** The values with 1 for every penalty of a path: what holds of it holds of any above 0. */
  public Map<String, JsonValue> withoutRows() {
    Map<String, JsonValue> known = new LinkedHashMap<>();
    values.forEach(
        (pointer, value) ->
            known.put(
                pointer, value instanceof CandidateValue.Known one ? one.value() : ANY_PENALTY));
    return known;
  }

  /**
   * The values as a config has them.
   *
   * @param largest the largest penalty of the path over a pointer
   */
  public Map<String, JsonValue> known(ToDoubleFunction<String> largest) {
    Map<String, JsonValue> known = new LinkedHashMap<>();
    values.forEach((pointer, value) -> known.put(pointer, json(pointer, value, largest)));
    return known;
  }

  private static JsonValue json(
      String pointer, CandidateValue value, ToDoubleFunction<String> largest) {
    if (value instanceof CandidateValue.Known known) {
      return known.value();
    }
    if (value instanceof CandidateValue.OfPath step) {
      double first = CandidateNumbers.largest(largest.applyAsDouble(pointer));
      return CandidateNumbers.logarithmic(first * step.part());
    }
    throw new AssertionError("no JSON of " + value.getClass().getSimpleName());
  }
}
