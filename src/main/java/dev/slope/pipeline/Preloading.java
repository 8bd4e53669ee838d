package dev.slope.pipeline;

import dev.slope.data.DaemonThreads;
import dev.slope.report.Plots;
import dev.slope.training.Trainer;

/**
 * Loads in background threads what a training will need later: TensorFlow's natives, and what draws
 * its pictures. Half of a short run's time would else be spent loading, one thing after the other.
 */
public final class Preloading {
  private Preloading() {}

  /** Starts to load what trains, and returns at once; before the config is read is best. */
  public static void training() {
    JdkNatives.callOnce();
    startDaemon("load-tensorflow", Trainer::warmUp);
  }

  /** Starts to load what draws the pictures, and returns at once. */
  public static void plots() {
    startDaemon("load-plots", Plots::warmUp);
  }

  private static void startDaemon(String name, Runnable task) {
    Thread thread = new DaemonThreads(name).newThread(task);
    // What fails here fails again where it is needed, and is reported there.
    thread.setUncaughtExceptionHandler((failed, e) -> {});
    thread.start();
  }
}
