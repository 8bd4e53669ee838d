package dev.slope.tuning;

import dev.slope.config.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How good a candidate is.
 *
 * @param setting its number, from 1
 * @param values by the JSON pointers of what they are values of
 * @param mean of the metric over the folds, each counting the same; absent where a fold has none
 * @param standardDeviation of the metric over the folds, in the population form as scikit-learn's
 *     std_test_score; absent likewise
 * @param folds what each training came to; one where the validation rows measure
 * @param failure why it can't be chosen; absent where it can
 */
public record CandidateResult(
    int setting,
    Map<String, JsonValue> values,
    @Nullable Double mean,
    @Nullable Double standardDeviation,
    List<FoldResult> folds,
    @Nullable String failure) {
  public CandidateResult {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    folds = List.copyOf(folds);
  }

  /**
   * From what its trainings came to.
   *
   * @param folds at least one
   */
  public static CandidateResult of(
      int setting, Map<String, JsonValue> values, List<FoldResult> folds) {
    double sum = 0;
    for (int fold = 0; fold < folds.size(); fold++) {
      FoldResult result = folds.get(fold);
      if (result.metric() == null) {
        String where = folds.size() == 1 ? "" : "fold " + (fold + 1) + ": ";
        return new CandidateResult(setting, values, null, null, folds, where + result.failure());
      }
      sum += result.metric();
    }
    double mean = sum / folds.size();
    double squares = 0;
    for (FoldResult result : folds) {
      double metric = result.metric() == null ? mean : result.metric();
      squares += (metric - mean) * (metric - mean);
    }
    return new CandidateResult(
        setting, values, mean, Math.sqrt(squares / folds.size()), folds, null);
  }
}
