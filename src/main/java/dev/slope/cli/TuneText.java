package dev.slope.cli;

import dev.slope.config.JsonValue;
import dev.slope.pipeline.TunePlan;
import dev.slope.pipeline.TuneResult;
import dev.slope.tuning.CandidateResult;
import dev.slope.tuning.TuningReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A search in tables: what would be tried, or what was. */
final class TuneText {
  /** Nobody reads more of a terminal; the files have all. */
  private static final int MOST_ROWS = 20;

  /** A cell that is longer would push the numbers off the screen. */
  private static final int WIDEST_CELL = 40;

  private TuneText() {}

  /** The best settings first, the failed ones last with what was wrong with them. */
  static String of(TuneResult result) {
    TuningReport report = result.report();
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("", "setting"));
    head.addAll(result.ranking().results().get(0).values().keySet());
    head.add(report.metric());
    boolean folds = report.folds() != null;
    if (folds) {
      head.add("deviation");
    }
    rows.add(head);
    List<CandidateResult> ranked = result.ranking().ranked();
    List<CandidateResult> shown = ranked.subList(0, Math.min(MOST_ROWS, ranked.size()));
    for (CandidateResult setting : shown) {
      List<String> row = new ArrayList<>(List.of(setting.setting() == report.best() ? "*" : ""));
      row.add(Integer.toString(setting.setting()));
      row.addAll(cells(setting.values().values()));
      row.add(number(setting.mean()));
      if (folds) {
        row.add(number(setting.standardDeviation()));
      }
      rows.add(row);
    }
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s: %,d settings, %s, %.3f s%n%n",
                report.name(),
                report.settings().size(),
                rows(report.folds(), report.trainingRows(), report.heldOutRows()),
                result.seconds()));
    text.append(table(rows));
    if (shown.size() < ranked.size()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  the %d best of %,d; %s has all%n",
              shown.size(),
              ranked.size(),
              TuningReport.CSV_FILE));
    }
    for (CandidateResult setting : shown) {
      if (setting.failure() != null) {
        text.append("  setting ")
            .append(setting.setting())
            .append(" can't be chosen: ")
            .append(setting.failure())
            .append('\n');
      }
    }
    return text.append('\n').toString();
  }

  /** All settings. */
  static String of(TunePlan plan) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("setting"));
    head.addAll(plan.settings().get(0).keySet());
    rows.add(head);
    for (int i = 0; i < plan.settings().size(); i++) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(i + 1)));
      row.addAll(cells(plan.settings().get(i).values()));
      rows.add(row);
    }
    return String.format(
            Locale.ROOT,
            "%s: nothing was trained%n  %,d settings, %s, compared by %s%n%n",
            plan.name(),
            plan.settings().size(),
            rows(plan.folds(), plan.trainingRows(), plan.heldOutRows()),
            plan.metric())
        + table(rows);
  }

  private static String rows(@Nullable Integer folds, long training, long heldOut) {
    return folds == null
        ? RowsText.of(training, heldOut, 0)
        : String.format(Locale.ROOT, "%d folds of %,d rows", folds, training);
  }

  private static List<String> cells(Collection<JsonValue> values) {
    return values.stream()
        .map(JsonValue::shown)
        .map(
            text ->
                text.length() <= WIDEST_CELL ? text : text.substring(0, WIDEST_CELL - 3) + "...")
        .toList();
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : EquationText.number(value);
  }

  /** Columns as wide as their widest cell, to the right. */
  private static String table(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        line.append("  ").append(" ".repeat(widths[column] - cell.length())).append(cell);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
