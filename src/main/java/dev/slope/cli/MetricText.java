package dev.slope.cli;

import dev.slope.evaluation.ClassMetrics;
import dev.slope.pipeline.RunMetrics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Metrics in a line, with the reason for each that has no value below it. */
final class MetricText {
  /** More columns than this fit on no screen. */
  private static final int MOST_CLASSES_SHOWN = 12;

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

  /** The same, and where rows are classified, how many of each class are taken for which. */
  static String of(RunMetrics.OfRows rows) {
    String metrics = of(rows.metrics(), rows.undefined());
    List<ClassMetrics> classes = rows.classes();
    List<List<Long>> confusion = rows.confusion();
    return classes == null || confusion == null || classes.size() > MOST_CLASSES_SHOWN
        ? metrics
        : metrics + confusion(classes.stream().map(ClassMetrics::name).toList(), confusion);
  }

  private static String confusion(List<String> classes, List<List<Long>> counts) {
    int width =
        Stream.concat(classes.stream(), counts.stream().flatMap(List::stream).map(String::valueOf))
            .mapToInt(String::length)
            .max()
            .orElse(0);
    String cell = "  %" + width + "s";
    StringBuilder text =
        new StringBuilder("  rows by their class and, in columns, the predicted one\n");
    text.append(String.format(Locale.ROOT, "  " + cell, ""));
    classes.forEach(name -> text.append(String.format(Locale.ROOT, cell, name)));
    text.append('\n');
    for (int actual = 0; actual < classes.size(); actual++) {
      text.append(String.format(Locale.ROOT, "  " + cell, classes.get(actual)));
      counts.get(actual).forEach(count -> text.append(String.format(Locale.ROOT, cell, count)));
      text.append('\n');
    }
    return text.toString();
  }
}
