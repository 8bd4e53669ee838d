package dev.slope.graph;

/** Whether the loop goes on, and why not; its code is what the graph computes with. */
public enum LoopStatus {
  /** More epochs may run. */
  RUNNING(0),
  /** The loss was not finite, or above the limit. */
  DIVERGED(1),
  /** The gradient was within the tolerance. */
  GRADIENT_WITHIN_TOLERANCE(2),
  /** The last epoch lowered the loss by too little. */
  TOO_LITTLE_PROGRESS(3),
  /** No new lowest loss for too many epochs. */
  OUT_OF_PATIENCE(4);

  private final int code;

  LoopStatus(int code) {
    this.code = code;
  }

  /** What stands for it in the graph. */
  int code() {
    return code;
  }

  /** The status of a code that the graph computed. */
  public static LoopStatus of(int code) {
    for (LoopStatus status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    throw new IllegalArgumentException("code must be one of a status, but was " + code);
  }
}
