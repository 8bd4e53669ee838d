package dev.slope.training;

import dev.slope.data.DaemonThreads;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Work on several threads whose results are taken in the order of the work, so that their number
 * changes nothing. Only a few results wait at any time.
 */
final class InOrder<T> implements AutoCloseable {
  /** More threads than this get in each other's way: TensorFlow has its own below them. */
  private static final int MOST_THREADS = 8;

  /** So many results a thread may wait while the first of them is still being worked on. */
  private static final int WAITING = 4;

  private final int most;
  private final Consumer<T> consumer;
  private final ExecutorService threads;
  private final Queue<Future<T>> waiting = new ArrayDeque<>();

  /** Whether the next piece of work is done by the thread that hands it in. */
  private boolean here;

  /**
   * Starts the threads.
   *
   * @param consumer takes the results, on the thread that hands in the work
   */
  InOrder(Consumer<T> consumer) {
    this(consumer, false);
  }

  /**
   * Work of which the first piece is done by the thread that hands it in. TensorFlow plans a call
   * when it is first made, and for that looks each kind of op up among all kernels, 50 ms for those
   * of a model; what it finds it keeps for the thread, and one that has trained knows most.
   */
  static <T> InOrder<T> beginningHere(Consumer<T> consumer) {
    return new InOrder<>(consumer, true);
  }

  private InOrder(Consumer<T> consumer, boolean here) {
    this.here = here;
    int count = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    this.most = count * WAITING;
    this.consumer = consumer;
    this.threads = Executors.newFixedThreadPool(count, new DaemonThreads("slope-blocks"));
  }

  /** Hands in work; waits while too much is under way. What failed before is thrown here. */
  void add(Callable<T> work) {
    if (waiting.size() == most) {
      takeFirst();
    }
    FutureTask<T> task = new FutureTask<>(work);
    waiting.add(task);
    if (here) {
      here = false;
      task.run();
    } else {
      threads.execute(task);
    }
  }

  /** Takes all results that are left. */
  void finish() {
    while (!waiting.isEmpty()) {
      takeFirst();
    }
  }

  private void takeFirst() {
    Future<T> first = waiting.remove();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          consumer.accept(first.get());
          return;
        } catch (InterruptedException e) {
          // The training itself looks whether it is to end.
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("work on a block of rows failed", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for the work that is under way; what hasn't begun is left. Idempotent. */
  @Override
  public void close() {
    threads.shutdown();
    waiting.forEach(work -> work.cancel(false));
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
