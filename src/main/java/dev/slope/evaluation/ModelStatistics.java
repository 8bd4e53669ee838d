package dev.slope.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of a model, or why it has none.
 *
 * @param refused the reason, as a clause; null where there are statistics
 * @param outputs one a score; empty where there are none
 */
public record ModelStatistics(@Nullable String refused, List<OutputStatistics> outputs) {
  public ModelStatistics {
    outputs = List.copyOf(outputs);
  }

  /** A model without statistics. */
  public static ModelStatistics refused(String reason) {
    return new ModelStatistics(reason, List.of());
  }
}
