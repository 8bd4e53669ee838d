package dev.slope.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the launcher knows of the terminal and Java can't ask. */
final class Terminal {
  private static final String IS_TERMINAL = "slope.terminal";

  /** Where standard error is, when the launcher has closed it to TensorFlow's own log. */
  private static final String STANDARD_ERROR = "slope.stderr";

  private Terminal() {}

  /** Whether standard error is a terminal, by the property that the launcher sets. */
  static boolean isStandardError() {
    return Boolean.getBoolean(IS_TERMINAL);
  }

  /** Makes {@link System#err} what the launcher's caller sees. */
  static void restoreStandardError() {
    String path = System.getProperty(STANDARD_ERROR);
    if (path == null) {
      return;
    }
    try {
      System.setErr(
          new PrintStream(new FileOutputStream(path, true), true, StandardCharsets.UTF_8));
    } catch (IOException e) {
      System.err.println("slope: " + path + " can't be opened: " + e.getMessage());
    }
  }
}
