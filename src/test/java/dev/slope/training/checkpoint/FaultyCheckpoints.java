package dev.slope.training.checkpoint;

import dev.slope.config.CheckpointConfig;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Checkpoints on a disk that fails, for tests of those who write them. */
public final class FaultyCheckpoints {
  private FaultyCheckpoints() {}

  /** What fails, and whether everything fails from then on. */
  public record Fault(String step, boolean forGood) {}

  /** The steps of writing a checkpoint. */
  public static String[] steps() {
    FaultyOperations.Step[] steps = FaultyOperations.Step.values();
    String[] names = new String[steps.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = steps[i].name();
    }
    return names;
  }

  /** The checkpoints of a run that continues where there is something to continue. */
  public static RunCheckpoints of(
      CheckpointConfig config, Path directory, Fault fault, Consumer<String> warning) {
    return new RunCheckpoints(
        config,
        directory,
        () -> new RunFingerprint(new TreeMap<>()),
        true,
        warning,
        new FaultyOperations(FaultyOperations.Step.valueOf(fault.step()), fault.forGood()),
        new CheckpointPolicy(config, System::nanoTime));
  }
}
