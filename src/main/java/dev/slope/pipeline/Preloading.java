package dev.slope.pipeline;

import dev.slope.config.Json;
import dev.slope.data.Fingerprint;
import dev.slope.export.ModelExporter;
import dev.slope.report.Plots;
import dev.slope.training.Plan;
import dev.slope.training.StopReason;
import dev.slope.training.Timings;
import dev.slope.training.Trainer;

/**
 * Loads in background threads what a training will need later: TensorFlow's natives, and what draws
 * and writes its results. Half of a short run's time would else be spent loading, one thing after
 * the other.
 */
public final class Preloading {
  private Preloading() {}

  /** Starts to load what trains, and returns at once; before the config is read is best. */
  public static void training() {
    startDaemon("load-tensorflow", Preloading::loadTensorFlow);
  }

  /** Starts to load what draws and writes the results, and returns at once. */
  public static void results() {
    startDaemon("load-results", Preloading::loadResults);
  }

  private static void loadTensorFlow() {
    Trainer.warmUp();
    ModelExporter.warmUp();
  }

  private static void loadResults() {
    Plots.warmUp();
    Json.write(
        new Provenance(
            "",
            "",
            "",
            "",
            "",
            0,
            new Provenance.Data("", new Fingerprint("", 0)),
            Plan.FULL_BATCH,
            "",
            StopReason.EPOCHS_DONE,
            new Timings(0, 0, 0, 0, 0)));
  }

  private static void startDaemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    // What fails here fails again where it is needed, and is reported there.
    thread.setUncaughtExceptionHandler((failed, e) -> {});
    thread.start();
  }
}
