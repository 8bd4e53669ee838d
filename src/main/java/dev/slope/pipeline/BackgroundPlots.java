package dev.slope.pipeline;

import dev.slope.report.NamedFile;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The pictures of a run, drawn in a thread of their own while the model is written. Closing waits
 * for the thread, so that nothing is left running; it does no more than draw.
 */
final class BackgroundPlots implements AutoCloseable {
  private final CompletableFuture<List<NamedFile>> drawing;

  /** Starts to draw. */
  BackgroundPlots(Supplier<List<NamedFile>> draw) {
    drawing =
        CompletableFuture.supplyAsync(
            draw,
            task -> {
              Thread thread = new Thread(task, "draw-plots");
              thread.setDaemon(true);
              thread.start();
            });
  }

  /** The pictures, once they are drawn; what drawing threw is thrown here. */
  List<NamedFile> get() {
    try {
      return drawing.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      if (e.getCause() instanceof Error problem) {
        throw problem;
      }
      throw e;
    }
  }

  /** Waits until nothing is drawn any more. Idempotent. */
  @Override
  public void close() {
    // Joins without heeding an interrupt, which stays set; the outcome is get's to tell.
    drawing.handle((plots, problem) -> "done").join();
  }
}
