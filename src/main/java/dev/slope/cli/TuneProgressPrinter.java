package dev.slope.cli;

import dev.slope.pipeline.TuneListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Shows a search on standard error: a bar on a terminal, else a line about every second. */
final class TuneProgressPrinter implements TuneListener, AutoCloseable {

  private final PrintWriter err;
  private final boolean terminal;
  private final BooleanSupplier cancelled;
  private final BarOrLines progress;

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
    this.progress = new BarOrLines(err);
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
      progress.showBar("trainings", trainings);
    }
  }

  @Override
  public void onTrained(int done, int trainings) {
    progress.step(done);
    progress.line(
        done == trainings, () -> String.format(Locale.ROOT, "training %,d/%,d", done, trainings));
  }

  @Override
  public void onEpochs(int together, long epoch) {
    progress.beside(() -> String.format(Locale.ROOT, "%d together, epoch %,d", together, epoch));
    progress.line(
        false,
        () -> String.format(Locale.ROOT, "%d trainings together, epoch %,d", together, epoch));
  }

  @Override
  public void close() {
    progress.close();
  }
}
