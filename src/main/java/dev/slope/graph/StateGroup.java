package dev.slope.graph;

/**
 * What the floating-point tensors that the epoch loop carries are for; each group is a list of
 * them.
 */
public enum StateGroup {
  /** Weights and intercepts. */
  PARAMETERS,
  /** What the update rule remembers: all slots of the weights, then all of the intercepts. */
  SLOTS,
  /** Weights and intercepts of the last epoch with a loss within bounds. */
  LAST_GOOD,
  /** What the learning rate's schedule remembers. */
  SCHEDULE,
  /** The rate of the last accepted step of a line search; a scalar. */
  SEARCH_RATE,
  /** The loss that progress is measured from; a scalar. */
  PREVIOUS_LOSS,
  /** The lowest loss watched, the epochs since, and its weights and intercepts. */
  BEST,
  /** The loss of each epoch of a call. */
  LOSSES,
  /** The learning rate of each epoch of a call, where it changes. */
  RATES,
  /** The loss of the validation rows in each epoch of a call, where there are any. */
  VALIDATION_LOSSES;

  /** Whether it is carried from call to call, and belongs into a checkpoint. */
  public boolean isLasting() {
    return this != LOSSES && this != RATES && this != VALIDATION_LOSSES;
  }
}
