package dev.slope.cli;

/** How a command ended, for scripts. */
final class ExitCode {
  /** It did what was asked. */
  static final int DONE = 0;

  /** The run failed: data, input or output, or a bug. */
  static final int FAILED = 1;

  /** The command line or the config is wrong. */
  static final int USAGE = 2;

  /** Training diverged, or the result missed what the config expects. */
  static final int MISSED = 3;

  private ExitCode() {}
}
