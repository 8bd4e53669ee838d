package dev.slope.tuning;

import dev.slope.config.MetricName;
import dev.slope.config.ModelConfig;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Candidates from the best to the worst. Of equal ones the simpler is the better: the one with the
 * larger l1, then with the larger l2, then the one that comes first. Those without a metric come
 * last.
 */
public final class Ranking {
  private final List<CandidateResult> results;
  private final List<CandidateResult> ranked;

  /**
   * Ranks.
   *
   * @param models the model of each candidate
   * @param metric by which they compare
   */
  public Ranking(List<CandidateResult> results, List<ModelConfig> models, MetricName metric) {
    this.results = List.copyOf(results);
    Comparator<Integer> order =
        Comparator.<Integer>comparingDouble(place -> cost(results.get(place).mean(), metric))
            .thenComparing(place -> models.get(place).l1(), Comparator.reverseOrder())
            .thenComparing(place -> models.get(place).l2(), Comparator.reverseOrder())
            .thenComparing(place -> place);
    this.ranked =
        IntStream.range(0, results.size()).boxed().sorted(order).map(results::get).toList();
  }

  /** The less the better; more than any number where there is none. */
  private static double cost(@Nullable Double mean, MetricName metric) {
    if (mean == null) {
      return Double.NaN; // Which compares as the largest.
    }
    return metric.growsWithQuality() ? -mean : mean;
  }

  /** In the order of the search. */
  public List<CandidateResult> results() {
    return results;
  }

  /** The best first. */
  public List<CandidateResult> ranked() {
    return ranked;
  }

  /** The best; null where none has a metric. */
  public @Nullable CandidateResult best() {
    CandidateResult first = ranked.get(0);
    return first.failure() == null ? first : null;
  }
}
