package dev.slope.training.checkpoint;

import static dev.slope.training.checkpoint.CheckpointFixtures.bytes;
import static dev.slope.training.checkpoint.CheckpointFixtures.fingerprint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFormatTest {
  @TempDir Path folder;

  /** Laid out by hand from the format's description. */
  @Test
  void writesWhatItDescribes() {
    TrainingState state =
        TrainingState.after(3).floats("w", 1).doubles("s", -2).longs("é", 258).build();

    ByteBuffer expected = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    expected.put("SLOPECKP".getBytes(StandardCharsets.US_ASCII)).putInt(1);
    expected.putInt(1).putInt(4).put(ascii("seed")).putInt(1).put(ascii("7"));
    expected.putLong(3).putInt(3);
    expected.putInt(1).put(ascii("s")).put((byte) 1).putInt(1).putLong(0xc000000000000000L);
    expected.putInt(1).put(ascii("w")).put((byte) 0).putInt(1).putInt(0x3f800000);
    expected.putInt(2).put(new byte[] {(byte) 0xc3, (byte) 0xa9});
    expected.put((byte) 2).putInt(1).put(new byte[] {2, 1, 0, 0, 0, 0, 0, 0});
    expected.putLong(expected.position() + 12);
    CRC32C checksum = new CRC32C();
    checksum.update(expected.array(), 0, expected.position());
    expected.putInt((int) checksum.getValue());
    assertThat(bytes(new Checkpoint(fingerprint("seed", "7"), state)))
        .isEqualTo(Arrays.copyOf(expected.array(), expected.position()));
  }

  /** Arrays and texts longer than the block that is written at a time, 65,536 bytes. */
  @Test
  void keepsWhatIsLongerThanABlock() throws IOException {
    float[] floats = new float[100_003];
    double[] doubles = new double[50_021];
    long[] longs = new long[50_023];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.intBitsToFloat(i * 31_415_927);
    }
    for (int i = 0; i < longs.length; i++) {
      longs[i] = i * 2_718_281_828_459_045L;
      doubles[Math.min(i, doubles.length - 1)] = i / 7.0;
    }
    String name = "n".repeat(100_001);
    TrainingState state =
        TrainingState.after(1).floats(name, floats).doubles("d", doubles).longs("l", longs).build();

    Checkpoint read = read(bytes(new Checkpoint(fingerprint(), state)));

    // Bits: some of these floats are NaN.
    assertThat(bits(read.state().floats(name))).isEqualTo(bits(floats));
    assertThat(read.state().doubles("d")).isEqualTo(doubles);
    assertThat(read.state().longs("l")).isEqualTo(longs);
  }

  @Test
  void namesWhatIsWrong() {
    assertThatThrownBy(() -> read(new byte[11])).hasMessage("it has only 11 bytes");
    assertThatThrownBy(() -> read(new byte[12])).hasMessage("it has another size than was written");
    assertThatThrownBy(() -> read(sealed(ascii("SLOPECKQ")))).hasMessage("it is no checkpoint");
    assertThatThrownBy(() -> read(sealed(ascii("SLOPECKP\2\0\0\0"))))
        .hasMessage("its format must be version 1, but was 2");
  }

  /** Bytes with the size and the checksum that make them whole. */
  private static byte[] sealed(byte[] content) {
    ByteBuffer file = ByteBuffer.allocate(content.length + 12).order(ByteOrder.LITTLE_ENDIAN);
    file.put(content).putLong(content.length + 12);
    CRC32C checksum = new CRC32C();
    checksum.update(file.array(), 0, file.position());
    return file.putInt((int) checksum.getValue()).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  private Checkpoint read(byte[] bytes) throws IOException {
    return CheckpointFormat.read(Files.write(folder.resolve("checkpoint"), bytes));
  }
}
