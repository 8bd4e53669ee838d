package dev.slope.cli;

import dev.slope.pipeline.RunListener;
import dev.slope.training.Plan;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run on standard error: every epoch's loss up to 100 epochs; beyond that a bar on a
 * terminal, or a line about every second.
 */
final class ProgressPrinter implements RunListener, AutoCloseable {
  private static final int ALL_EPOCHS = 100;
  private static final long NANOSECONDS_BETWEEN_LINES = 1_000_000_000L;

  private final PrintWriter err;
  private final boolean terminal;
  private final BooleanSupplier cancelled;
  private long epochs;
  private long lastLine = System.nanoTime();
  private @Nullable ProgressBar bar;

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
      bar =
          new ProgressBarBuilder()
              .setTaskName("epochs")
              .setInitialMax(epochs)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(100)
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .build();
    }
  }

  @Override
  public void onEpochs(long firstEpoch, double[] losses) {
    long last = firstEpoch + losses.length - 1;
    if (epochs <= ALL_EPOCHS) {
      for (int i = 0; i < losses.length; i++) {
        line(firstEpoch + i, losses[i]);
      }
    } else if (bar != null) {
      bar.stepTo(last);
      bar.setExtraMessage(String.format(Locale.ROOT, " loss %.6g", losses[losses.length - 1]));
    } else if (last == epochs || System.nanoTime() - lastLine > NANOSECONDS_BETWEEN_LINES) {
      lastLine = System.nanoTime();
      line(last, losses[losses.length - 1]);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  private void line(long epoch, double loss) {
    err.printf(Locale.ROOT, "epoch %d/%d  loss %.6g%n", epoch, epochs, loss);
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
