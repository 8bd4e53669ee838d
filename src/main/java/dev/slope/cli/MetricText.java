package dev.slope.cli;

import dev.slope.evaluation.BestThreshold;
import dev.slope.evaluation.ClassMetrics;
import dev.slope.pipeline.RunMetrics;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Metrics in a table, beside the baseline's, with the reason for each that has no value below. */
final class MetricText {
  /** More columns than this fit on no screen. */
  private static final int MOST_CLASSES_SHOWN = 12;

  private static final String BASELINE = "baseline";
  private static final int COLUMN = 11;

  private MetricText() {}

  /** The metrics of some rows, with the reasons for those that have no value. */
  record Part(
      Map<String, Double> metrics,
      Map<String, String> undefined,
      @Nullable Map<String, Double> baseline) {
    static Part of(RunMetrics.OfRows rows) {
      return new Part(rows.metrics(), rows.undefined(), rows.baseline());
    }
  }

  /**
   * A row for each metric, each indented and ended; beside each part's values those of the constant
   * baseline, where there are any.
   *
   * @param parts metrics by the name of the rows that they are of, at least one
   */
  static String table(Map<String, Part> parts) {
    Set<String> metrics = new LinkedHashSet<>();
    parts.values().forEach(part -> metrics.addAll(part.metrics().keySet()));
    int width = metrics.stream().mapToInt(String::length).max().orElse(0);
    List<String> heads = new ArrayList<>();
    List<Map<String, Double>> columns = new ArrayList<>();
    parts.forEach(
        (name, part) -> {
          heads.add(name);
          columns.add(part.metrics());
          Map<String, Double> baseline = part.baseline();
          if (baseline != null) {
            heads.add(BASELINE);
            columns.add(baseline);
          }
        });
    StringBuilder text = new StringBuilder(line("", width, heads));
    for (String metric : metrics) {
      text.append(
          line(
              metric,
              width,
              columns.stream()
                  .map(column -> column.get(metric))
                  .map(value -> value == null ? "" : EquationText.number(value))
                  .toList()));
    }
    parts.forEach(
        (name, part) ->
            part.undefined()
                .forEach(
                    (metric, reason) ->
                        text.append("  ")
                            .append(parts.size() == 1 ? "" : name + ".")
                            .append(metric)
                            .append(" has no value: ")
                            .append(reason)
                            .append('\n')));
    return text.toString();
  }

  private static String line(String name, int width, List<String> cells) {
    StringBuilder text = new StringBuilder("  ").append(name);
    text.append(" ".repeat(width - name.length()));
    for (String cell : cells) {
      text.append("  ").append(" ".repeat(Math.max(0, COLUMN - cell.length()))).append(cell);
    }
    return text.toString().stripTrailing() + "\n";
  }

  /**
   * The same of one part, and where rows are classified, how many of each class are taken for
   * which.
   */
  static String of(RunMetrics.OfRows rows) {
    String metrics = table(Map.of("model", Part.of(rows)));
    List<ClassMetrics> classes = rows.classes();
    List<List<Long>> confusion = rows.confusion();
    BestThreshold best = rows.bestThreshold();
    String threshold =
        best == null
            ? ""
            : String.format(
                Locale.ROOT,
                "  f1 would be largest, %s, with the threshold %s%n",
                EquationText.number(best.f1()),
                EquationText.number(best.threshold()));
    return classes == null || confusion == null || classes.size() > MOST_CLASSES_SHOWN
        ? metrics + threshold
        : metrics
            + threshold
            + confusion(classes.stream().map(ClassMetrics::name).toList(), confusion);
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
