package dev.slope.graph;

/** Whether the loop goes on, and why not; its ordinal is what the graph computes with. */
public enum LoopStatus {
  /** More epochs may run. */
  RUNNING,
  /** The loss was not finite, or above the limit. */
  DIVERGED,
  /** The gradient was within the tolerance. */
  GRADIENT_WITHIN_TOLERANCE,
  /** The last epoch lowered the loss by too little. */
  TOO_LITTLE_PROGRESS,
  /** No new lowest loss for too many epochs. */
  OUT_OF_PATIENCE;

  /** The status of a value that the graph computed. */
  public static LoopStatus of(int ordinal) {
    return values()[ordinal];
  }
}
