package dev.slope.tuning;

import dev.slope.training.StopReason;
import org.jspecify.annotations.Nullable;

/**
 * What one training of a candidate came to.
 *
 * @param metric of the held-out rows; absent where there is none
 * @param epochs that ran; absent where the training was refused
 * @param stopReason why it ended; absent where it diverged or was refused
 * @param failure why there is no metric, as a clause for a message; absent where there is one
 */
public record FoldResult(
    @Nullable Double metric,
    @Nullable Long epochs,
    @Nullable StopReason stopReason,
    @Nullable String failure) {

  /** A training that was measured. */
  public static FoldResult measured(double metric, long epochs, StopReason stopReason) {
    return new FoldResult(metric, epochs, stopReason, null);
  }

  /** One that there is nothing to measure of. */
  public static FoldResult failed(String failure) {
    return new FoldResult(null, null, null, failure);
  }
}
