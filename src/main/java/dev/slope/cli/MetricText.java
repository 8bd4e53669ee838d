package dev.slope.cli;

import java.util.Map;
import java.util.stream.Collectors;

/** Metrics in a line, with the reason for each that has no value below it. */
final class MetricText {
  private MetricText() {}

  /** Each line indented and ended. */
  static String of(Map<String, Double> metrics, Map<String, String> undefined) {
    String line =
        metrics.entrySet().stream()
            .map(metric -> metric.getKey() + " " + EquationText.number(metric.getValue()))
            .collect(Collectors.joining(", "));
    String reasons =
        undefined.entrySet().stream()
            .map(metric -> "  " + metric.getKey() + " has no value: " + metric.getValue() + "\n")
            .collect(Collectors.joining());
    return "  " + line + "\n" + reasons;
  }
}
