package dev.slope.data;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads for work that nobody waits for yet, begun in the order in which it comes: one for each
 * core but the caller's, one at least. More of them would hold up what the caller does meanwhile.
 */
public final class SpareCores implements Executor, AutoCloseable {
  private final ExecutorService threads;

  /**
   * Starts no thread before there is work.
   *
   * @param name of the threads
   */
  public SpareCores(String name) {
    this.threads = Executors.newFixedThreadPool(count(), new DaemonThreads(name));
  }

  /** How many there are. */
  static int count() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  }

  @Override
  public void execute(Runnable work) {
    threads.execute(work);
  }

  /** Takes no more work; who asked for what was begun waits for it. Idempotent. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
