package dev.slope.cli;

/** What the launcher knows of the terminal and Java can't ask. */
final class Terminal {
  private static final String PROPERTY = "slope.terminal";

  private Terminal() {}

  /** Whether standard error is a terminal, by the property that the launcher sets. */
  static boolean isStandardError() {
    return Boolean.getBoolean(PROPERTY);
  }
}
