package dev.slope.training;

import dev.slope.graph.LoopStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a call of the epoch loop did; each array has one value an epoch that ran.
 *
 * @param losses of the weights that each epoch started from
 * @param rates the learning rate of each epoch; null where it never changes
 * @param validationLosses of the validation rows; null where there are none
 * @param status whether more epochs may run
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
record EpochCall(
    double[] losses,
    double @Nullable [] rates,
    double @Nullable [] validationLosses,
    LoopStatus status) {

  /** The last of {@link #losses}. */
  double lastLoss() {
    return losses[losses.length - 1];
  }

  /** The learning rate of the epoch at an index. */
  double rate(int index, double base) {
    return rates == null ? base : rates[index];
  }
}
