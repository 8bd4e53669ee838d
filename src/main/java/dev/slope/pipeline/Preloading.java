package dev.slope.pipeline;

import dev.slope.report.Plots;
import dev.slope.training.Trainer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Loads in background threads what a training will need later: TensorFlow's natives, and what draws
 * its pictures. Half of a short run's time would else be spent loading, one thing after the other.
 */
public final class Preloading {
  private Preloading() {}

  /** Starts to load what trains, and returns at once; before the config is read is best. */
  public static void training() {
    loadFileChannels();
    startDaemon("load-tensorflow", Trainer::warmUp);
  }

  /** Starts to load what draws the pictures, and returns at once. */
  public static void plots() {
    startDaemon("load-plots", Plots::warmUp);
  }

  /**
   * What reads files has a library of the JDK's. The JVM loads one library at a time: after
   * TensorFlow's had begun, the config would wait for it.
   */
  private static void loadFileChannels() {
    try {
      FileChannel.open(Path.of(System.getProperty("java.home"), "release")).close();
    } catch (IOException e) {
      // Then files just wait.
    }
  }

  private static void startDaemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    // What fails here fails again where it is needed, and is reported there.
    thread.setUncaughtExceptionHandler((failed, e) -> {});
    thread.start();
  }
}
