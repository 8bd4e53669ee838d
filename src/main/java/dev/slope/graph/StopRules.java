package dev.slope.graph;

import org.jspecify.annotations.Nullable;

/**
 * What ends a training before its last epoch; all of it is decided in the loop, epoch by epoch, so
 * that the clock can't change it. A null rule isn't there and costs nothing.
 *
 * @param tolerance ends it where no component of the gradient is larger (with l1 or bounds: of
 *     {@code W - prox(W - gradient)}, which is 0 just where W is optimal)
 * @param minRelProgress ends it where an epoch lowers the loss by a smaller part of itself
 * @param patience ends it after as many epochs without a new lowest loss, of the validation rows
 *     where there are any
 */
public record StopRules(
    @Nullable Double tolerance, @Nullable Double minRelProgress, @Nullable Integer patience) {
  /** Runs every epoch. */
  public static final StopRules NONE = new StopRules(null, null, null);
}
