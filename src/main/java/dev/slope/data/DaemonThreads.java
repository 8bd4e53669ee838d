package dev.slope.data;

import java.util.concurrent.ThreadFactory;

/**
 * Makes threads that don't keep the process alive.
 *
 * @param name of each
 */
public record DaemonThreads(String name) implements ThreadFactory {
  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
