package dev.slope.data;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Work in another thread, beside what doesn't need it yet. Closing waits for it, so that nothing is
 * left running.
 */
public final class Background<T> implements AutoCloseable {
  private final CompletableFuture<T> work;

  /**
   * Starts to work in a thread of its own.
   *
   * @param name of the thread
   */
  public Background(String name, Supplier<T> work) {
    this(task -> new DaemonThreads(name).newThread(task).start(), work);
  }

  /**
   * Works in the threads that there are for it.
   *
   * @param threads must come to it before this is closed
   */
  public Background(Executor threads, Supplier<T> work) {
    this.work = CompletableFuture.supplyAsync(work, threads);
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
