package dev.slope.training.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Map;
import java.util.TreeMap;

/** Checkpoints that several tests write. */
final class CheckpointFixtures {
  private CheckpointFixtures() {}

  /** A state that tells its epoch from any other's. */
  static TrainingState state(long epochsDone) {
    return TrainingState.after(epochsDone)
        .floats("parameters", epochsDone + 0.5f, -1)
        .longs("history.epoch", 1, epochsDone)
        .build();
  }

  static RunFingerprint fingerprint(String... namesAndValues) {
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new RunFingerprint(new TreeMap<>(values));
  }

  static Checkpoint checkpoint(long epochsDone) {
    return new Checkpoint(fingerprint("seed", "7"), state(epochsDone));
  }

  /** A checkpoint's file. */
  static byte[] bytes(Checkpoint checkpoint) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      CheckpointFormat.write(checkpoint, Channels.newChannel(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
