package dev.slope.pipeline;

import com.sun.management.OperatingSystemMXBean;
import dev.slope.config.TrainingConfig;
import dev.slope.data.BlockStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** How the memory that rows may take is shared out. */
final class RowMemory {
  /** What is left to the other half: packed rows on their way to the loop, and what they become. */
  private static final double SHARE_OF_ROWS = 0.5;

  private RowMemory() {}

  /**
   * One of several stores of a run's rows, all of which have equal shares of the memory.
   *
   * @param stores how many there are
   */
  static BlockStore store(TrainingConfig training, Path models, int stores) {
    return new BlockStore(
        training.precision(), (long) (SHARE_OF_ROWS / stores * bytes(training.memory())), models);
  }

  /**
   * The store of a run's rows.
   *
   * @param training says how much memory: up to 1 a fraction of the machine's, above it bytes
   * @param models where a file of rows is, if one is needed
   */
  static BlockStore store(TrainingConfig training, Path models) {
    return store(training, models, 1);
  }

  /** The store of a command that has no config to say how much memory its rows may take. */
  static BlockStore temporary() {
    return BlockStore.temporary((long) (SHARE_OF_ROWS * machineBytes()));
  }

  private static double bytes(double memory) {
    return memory > 1 ? memory : memory * machineBytes();
  }

  /** The machine's memory, or the container's where there is one. */
  private static long machineBytes() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }
}
