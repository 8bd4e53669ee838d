package dev.slope.pipeline;

import java.util.ArrayList;
import java.util.List;

/** What a user should know of a run: told at once, and kept for its result. */
final class RunWarnings {
  private final RunListener listener;
  private final List<String> told = new ArrayList<>();

  RunWarnings(RunListener listener) {
    this.listener = listener;
  }

  void add(String message) {
    told.add(message);
    listener.onWarning(message);
  }

  /** All so far, in order. */
  List<String> all() {
    return List.copyOf(told);
  }
}
