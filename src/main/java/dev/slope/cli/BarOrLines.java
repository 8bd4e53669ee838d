package dev.slope.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far work is: a bar on a terminal, else a line about every second. */
final class BarOrLines implements AutoCloseable {
  private static final long NANOSECONDS_BETWEEN_LINES = 1_000_000_000L;

  private final PrintWriter err;
  private long lastLine = System.nanoTime();
  private @Nullable ProgressBar bar;

  /** Nothing is shown before the first line. */
  BarOrLines(PrintWriter err) {
    this.err = err;
  }

  /** From now on a bar, on a standard error that is a terminal. */
  void showBar(String task, long count) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(count)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(100)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build();
  }

  /** So much is done: moves the bar, where there is one. */
  void step(long done) {
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  /** Shows a text beside the bar, where there is one. */
  void beside(Supplier<String> text) {
    if (bar != null) {
      bar.setExtraMessage(" " + text.get());
    }
  }

  /**
   * Prints a line where there is no bar and the last one is a second old.
   *
   * @param isLast whether it must not be left out
   */
  void line(boolean isLast, Supplier<String> text) {
    if (bar == null && (isLast || System.nanoTime() - lastLine > NANOSECONDS_BETWEEN_LINES)) {
      lastLine = System.nanoTime();
      err.println(text.get());
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
