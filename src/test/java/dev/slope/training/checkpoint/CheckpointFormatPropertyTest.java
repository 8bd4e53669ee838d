package dev.slope.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CheckpointFormatPropertyTest {
  @Property(tries = 300)
  void everyStateReadsBackToTheBit(@ForAll("checkpoints") Checkpoint checkpoint)
      throws IOException {
    byte[] bytes = CheckpointFixtures.bytes(checkpoint);

    Checkpoint read = read(bytes);

    assertThat(read.fingerprint()).isEqualTo(checkpoint.fingerprint());
    assertThat(read.state().epochsDone()).isEqualTo(checkpoint.state().epochsDone());
    assertThat(bits(read.state())).isEqualTo(bits(checkpoint.state()));
    assertThat(CheckpointFixtures.bytes(read)).isEqualTo(bytes);
  }

  @Property(tries = 300)
  void aByteThatChangedIsFound(
      @ForAll("checkpoints") Checkpoint checkpoint,
      @ForAll @IntRange(max = Integer.MAX_VALUE) int position,
      @ForAll @IntRange(min = 1, max = 255) int flippedBits) {
    byte[] bytes = CheckpointFixtures.bytes(checkpoint);
    bytes[position % bytes.length] ^= (byte) flippedBits;

    assertThatThrownBy(() -> read(bytes)).isInstanceOf(CorruptCheckpointException.class);
  }

  @Property(tries = 300)
  void bytesThatAreMissingAtTheEndAreFound(
      @ForAll("checkpoints") Checkpoint checkpoint,
      @ForAll @IntRange(max = Integer.MAX_VALUE) int length) {
    byte[] bytes = CheckpointFixtures.bytes(checkpoint);
    byte[] shorter = Arrays.copyOf(bytes, length % bytes.length);

    assertThatThrownBy(() -> read(shorter)).isInstanceOf(CorruptCheckpointException.class);
  }

  @Property(tries = 300)
  void bytesThatWereAddedAreFound(
      @ForAll("checkpoints") Checkpoint checkpoint, @ForAll @IntRange(min = 1, max = 99) int more) {
    byte[] bytes = CheckpointFixtures.bytes(checkpoint);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + more);

    assertThatThrownBy(() -> read(longer)).isInstanceOf(CorruptCheckpointException.class);
  }

  @Provide
  Arbitrary<Checkpoint> checkpoints() {
    Arbitrary<Map<String, String>> values =
        Arbitraries.maps(Arbitraries.strings().ofMaxLength(9), Arbitraries.strings().ofMaxLength(9))
            .ofMaxSize(3);
    // Any bits of a float: all NaNs, both zeros, subnormal numbers.
    Arbitrary<StateArray> floats =
        Arbitraries.integers().array(int[].class).ofMaxSize(5).map(this::floats);
    Arbitrary<StateArray> doubles =
        Arbitraries.longs().array(long[].class).ofMaxSize(5).map(this::doubles);
    Arbitrary<StateArray> longs =
        Arbitraries.longs().array(long[].class).ofMaxSize(5).map(StateArray.Longs::new);
    Arbitrary<Map<String, StateArray>> arrays =
        Arbitraries.maps(
                Arbitraries.strings().ofMaxLength(9), Arbitraries.oneOf(floats, doubles, longs))
            .ofMaxSize(4);
    return Combinators.combine(
            values, Arbitraries.longs().between(0, Long.MAX_VALUE), arrays.map(TreeMap::new))
        .as(
            (fingerprint, epochsDone, state) ->
                new Checkpoint(
                    new RunFingerprint(new TreeMap<>(fingerprint)),
                    new TrainingState(epochsDone, state)));
  }

  private StateArray floats(int[] bits) {
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }
    return new StateArray.Floats(values);
  }

  private StateArray doubles(long[] bits) {
    double[] values = new double[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Double.longBitsToDouble(bits[i]);
    }
    return new StateArray.Doubles(values);
  }

  /** The raw bits of all arrays, by name and type. */
  private static SortedMap<String, String> bits(TrainingState state) {
    SortedMap<String, String> bits = new TreeMap<>();
    state.arrays().forEach((name, array) -> bits.put(name, array.getClass() + " " + bits(array)));
    return bits;
  }

  private static String bits(StateArray array) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < array.length(); i++) {
      if (array instanceof StateArray.Floats floats) {
        text.append(Float.floatToRawIntBits(floats.values()[i])).append(' ');
      } else if (array instanceof StateArray.Doubles doubles) {
        text.append(Double.doubleToRawLongBits(doubles.values()[i])).append(' ');
      } else if (array instanceof StateArray.Longs longs) {
        text.append(longs.values()[i]).append(' ');
      }
    }
    return text.toString();
  }

  private static Checkpoint read(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("checkpoint", "");
    try {
      return CheckpointFormat.read(Files.write(file, bytes));
    } finally {
      Files.delete(file);
    }
  }
}
