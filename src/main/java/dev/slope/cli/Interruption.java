package dev.slope.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in order when the process is interrupted or terminated: the shutdown hook asks
 * it to stop and waits until it has said how it ended, so that nothing half-written stays behind
 * and no message is lost. The JVM itself then exits with 130 or 143.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::askAndWait, "interruption");
  private boolean watching;
  private volatile boolean requested;

  /** From here on the end of the process waits for the command, which asks and stops. */
  void watch() {
    watching = true;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether the process was asked to end. */
  boolean isRequested() {
    return requested;
  }

  private void askAndWait() {
    requested = true;
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command has ended, by itself or because it was asked to. */
  @Override
  public void close() {
    ended.countDown();
    if (watching && !requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process was asked to end just now; the hook finds the command ended.
        return;
      }
    }
  }
}
