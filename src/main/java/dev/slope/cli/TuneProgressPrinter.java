package dev.slope.cli;

import dev.slope.pipeline.TuneListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows a search on standard error: a bar on a terminal, else a line about every second. */
final class TuneProgressPrinter implements TuneListener, AutoCloseable {
  private static final long NANOSECONDS_BETWEEN_LINES = 1_000_000_000L;

  private final PrintWriter err;
  private final boolean terminal;
  private final BooleanSupplier cancelled;
  private long lastLine = System.nanoTime();
  private @Nullable ProgressBar bar;

  /**
   * A printer for one search.
   *
   * @param err takes the lines
   * @param terminal whether that is one
   * @param cancelled whether the process was asked to end: the search then stops
   */
  TuneProgressPrinter(PrintWriter err, boolean terminal, BooleanSupplier cancelled) {
    this.err = err;
    this.terminal = terminal;
    this.cancelled = cancelled;
  }

  @Override
  public boolean isCancelled() {
    return cancelled.getAsBoolean();
  }

  @Override
  public void onSearch(int settings, int trainings, String metric) {
    err.printf(
        Locale.ROOT,
        "tuning: %,d settings, %,d trainings, compared by %s%n",
        settings,
        trainings,
        metric);
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("trainings")
              .setInitialMax(trainings)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(100)
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .build();
    }
  }

  @Override
  public void onTrained(int done, int trainings) {
    if (bar != null) {
      bar.stepTo(done);
    } else if (done == trainings || System.nanoTime() - lastLine > NANOSECONDS_BETWEEN_LINES) {
      lastLine = System.nanoTime();
      err.printf(Locale.ROOT, "training %,d/%,d%n", done, trainings);
    }
  }

  @Override
  public void onEpochs(int together, long epoch) {
    if (bar != null) {
      bar.setExtraMessage(String.format(Locale.ROOT, " %d together, epoch %,d", together, epoch));
    } else if (System.nanoTime() - lastLine > NANOSECONDS_BETWEEN_LINES) {
      lastLine = System.nanoTime();
      err.printf(Locale.ROOT, "%d trainings together, epoch %,d%n", together, epoch);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
