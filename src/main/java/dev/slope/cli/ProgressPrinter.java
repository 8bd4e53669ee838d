package dev.slope.cli;

import dev.slope.pipeline.RunListener;
import dev.slope.training.Plan;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Shows a run on standard error: every epoch's loss up to 100 epochs; beyond that a bar on a
 * terminal, or a line about every second.
 */
final class ProgressPrinter implements RunListener, AutoCloseable {
  private static final int ALL_EPOCHS = 100;

  private final PrintWriter err;
  private final boolean terminal;
  private final BooleanSupplier cancelled;
  private long epochs;
  private final BarOrLines progress;

  /**
   * A printer for one run.
   *
   * @param err takes the lines
   * @param terminal whether that is one
   * @param cancelled whether the process was asked to end: the run then stops
   */
  ProgressPrinter(PrintWriter err, boolean terminal, BooleanSupplier cancelled) {
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
  public void onData(String source, long rows, int features, int labels) {
    err.printf(
        Locale.ROOT,
        "data: %s, %,d rows, %s, %s%n",
        source,
        rows,
        counted(features, "feature"),
        counted(labels, "label"));
  }

  @Override
  public void onParts(long train, long validation, long test) {
    err.println("rows: " + RowsText.of(train, validation, test));
  }

  @Override
  public void onWarning(String message) {
    err.println("warning: " + message);
  }

  @Override
  public void onContinue(long epochsDone) {
    err.printf(Locale.ROOT, "continuing after epoch %,d%n", epochsDone);
  }

  @Override
  public void onStart(Plan plan, String device, long count) {
    epochs = count;
    err.printf(Locale.ROOT, "training: %,d epochs, plan %s on %s%n", count, plan.label(), device);
    if (terminal && epochs > ALL_EPOCHS) {
      progress.showBar("epochs", epochs);
    }
  }

  @Override
  public void onEpochs(long firstEpoch, double[] losses) {
    long last = firstEpoch + losses.length - 1;
    if (epochs <= ALL_EPOCHS) {
      for (int i = 0; i < losses.length; i++) {
        err.println(line(firstEpoch + i, losses[i]));
      }
      return;
    }
    double loss = losses[losses.length - 1];
    progress.step(last);
    progress.beside(() -> String.format(Locale.ROOT, "loss %.6g", loss));
    progress.line(last == epochs, () -> line(last, loss));
  }

  @Override
  public void close() {
    progress.close();
  }

  private String line(long epoch, double loss) {
    return String.format(Locale.ROOT, "epoch %d/%d  loss %.6g", epoch, epochs, loss);
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
