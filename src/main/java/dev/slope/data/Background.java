package dev.slope.data;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Work in a thread of its own, beside what doesn't need it yet. Closing waits for the thread, so
 * that nothing is left running.
 */
public final class Background<T> implements AutoCloseable {
  private final CompletableFuture<T> work;

  /**
   * Starts to work.
   *
   * @param name of the thread
   */
  public Background(String name, Supplier<T> work) {
    this.work =
        CompletableFuture.supplyAsync(
            work,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              thread.start();
            });
  }

  /** The result, once it is there; what the work threw is thrown here. */
  public T get() {
    try {
      return work.join();
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

  /** Waits until the work is over. Idempotent. */
  @Override
  public void close() {
    // Joins without heeding an interrupt, which stays set; the outcome is get's to tell.
    work.handle((result, problem) -> "done").join();
  }
}
