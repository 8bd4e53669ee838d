package dev.slope.tuning;

import dev.slope.config.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code tuning.json}: what a search tried and found.
 *
 * @param name of the model
 * @param metric that tells which setting is best
 * @param folds how many parts of the training rows were held out in turn; absent where the
 *     validation rows measured
 * @param stratified whether each class was spread over the folds on its own
 * @param trainingRows how many rows trained, held-out ones included
 * @param heldOutRows how many rows measured a setting, those of all folds together
 * @param best the number of the best setting
 * @param settings all of them, in the order of the search
 */
public record TuningReport(
    String name,
    String metric,
    @Nullable Integer folds,
    boolean stratified,
    long trainingRows,
    long heldOutRows,
    int best,
    List<CandidateResult> settings) {
  /** The file that holds it. */
  public static final String JSON_FILE = "tuning.json";

  /** The file that holds its table. */
  public static final String CSV_FILE = "tuning.csv";

  public TuningReport {
    settings = List.copyOf(settings);
  }

  /** The result of the best setting. */
  public CandidateResult bestSetting() {
    return settings.get(best - 1);
  }

  /**
   * A line a setting: its number, its values, mean and standard deviation of the metric, the metric
   * of each fold, and why there is none; RFC 4180.
   */
  public String csv() {
    List<String> pointers = List.copyOf(settings.get(0).values().keySet());
    List<String> head = new ArrayList<>(List.of("setting"));
    head.addAll(pointers);
    head.add(metric);
    head.add("standard_deviation");
    int count = settings.get(0).folds().size();
    for (int fold = 1; folds != null && fold <= count; fold++) {
      head.add("fold_" + fold);
    }
    head.add("failure");
    StringBuilder csv = new StringBuilder();
    line(csv, head);
    for (CandidateResult setting : settings) {
      List<String> cells = new ArrayList<>(List.of(Integer.toString(setting.setting())));
      setting.values().values().stream().map(JsonValue::shown).forEach(cells::add);
      cells.add(number(setting.mean()));
      cells.add(number(setting.standardDeviation()));
      for (int fold = 0; folds != null && fold < count; fold++) {
        cells.add(number(setting.folds().get(fold).metric()));
      }
      cells.add(setting.failure() == null ? "" : setting.failure());
      line(csv, cells);
    }
    return csv.toString();
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : value.toString();
  }

  private static void line(StringBuilder csv, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      boolean quoted =
          cell.chars().anyMatch(sign -> sign == ',' || sign == '"' || sign == '\n' || sign == '\r');
      csv.append(i == 0 ? "" : ",").append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
    }
    csv.append('\n');
  }
}
