package dev.slope.training;

import dev.slope.graph.LoopStatus;

/** Why a training ended. */
public enum StopReason {
  /** All epochs that were asked for have run. */
  EPOCHS_DONE("all epochs have run"),
  /** No component of the gradient is larger than {@code stop.tolerance}. */
  TOLERANCE("the gradient is within stop.tolerance"),
  /** An optimizer that sees the curvature has arrived. */
  CONVERGED("the optimum is reached"),
  /** The loss falls for ever as the parameters grow, as where a plane parts two classes. */
  NO_FINITE_OPTIMUM("the loss falls for ever as the weights grow"),
  /** An epoch lowered the loss by less than {@code stop.min_rel_progress} of itself. */
  MIN_REL_PROGRESS("an epoch made less progress than stop.min_rel_progress"),
  /** No new lowest loss for {@code stop.patience} epochs; the best weights are the result. */
  PATIENCE("no new lowest loss for stop.patience epochs; the best weights are kept"),
  /** {@code stop.max_seconds} are over. */
  MAX_SECONDS("stop.max_seconds are over"),
  /** The listener, or an interrupt of the thread, asked for it. */
  CANCELLED("it was cancelled"),
  /** The loss left all bounds; only of settings that train together, elsewhere it is thrown. */
  DIVERGED("the loss left all bounds");

  private final String clause;

  StopReason(String clause) {
    this.clause = clause;
  }

  /** As a clause for a message: "because ...". */
  public String clause() {
    return clause;
  }

  /** The reason of a loop that has ended a training; a divergence is none. */
  static StopReason of(LoopStatus status) {
    return switch (status) {
      case GRADIENT_WITHIN_TOLERANCE -> TOLERANCE;
      case TOO_LITTLE_PROGRESS -> MIN_REL_PROGRESS;
      case OUT_OF_PATIENCE -> PATIENCE;
      case RUNNING, DIVERGED -> throw new IllegalArgumentException("no end: " + status);
    };
  }
}
