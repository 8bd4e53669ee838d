package dev.slope.training.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A checkpoint's bytes, all numbers little endian.
 *
 * <pre>
 * int64 "SLOPECKP", int32 version of the format
 * int32 number of names; for each the texts name and value        the fingerprint
 * int64 epochs done
 * int32 number of arrays; for each text name, int8 type, int32 length, values
 * int64 size of the file, int32 CRC-32C of all before it
 * </pre>
 *
 * A text is its int32 length in bytes and its UTF-8. A type is 0 float32, 1 float64, 2 int64.
 */
final class CheckpointFormat {
  private static final long MAGIC = 0x504b4345504f4c53L; // "SLOPECKP" with the least byte first
  private static final int VERSION = 1;
  private static final int FLOATS = 0;
  private static final int DOUBLES = 1;
  private static final int LONGS = 2;
  private static final int TRAILER_BYTES = Long.BYTES + Integer.BYTES;
  private static final int BLOCK_BYTES = 1 << 16;

  private CheckpointFormat() {}

  /** Writes a checkpoint; the same one always gives the same bytes. */
  static void write(Checkpoint checkpoint, WritableByteChannel channel) throws IOException {
    LittleEndianOutput out = new LittleEndianOutput(channel);
    out.int64(MAGIC);
    out.int32(VERSION);
    SortedMap<String, String> fingerprint = checkpoint.fingerprint().values();
    out.int32(fingerprint.size());
    for (Map.Entry<String, String> value : fingerprint.entrySet()) {
      out.text(value.getKey());
      out.text(value.getValue());
    }
    out.int64(checkpoint.state().epochsDone());
    SortedMap<String, StateArray> arrays = checkpoint.state().arrays();
    out.int32(arrays.size());
    for (Map.Entry<String, StateArray> array : arrays.entrySet()) {
      out.text(array.getKey());
      write(array.getValue(), out);
    }
    out.end();
  }

  /**
   * Reads a checkpoint; nothing of a file is believed before its checksum is.
   *
   * @throws CorruptCheckpointException where the file isn't what was written
   */
  static Checkpoint read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      verify(channel);
      channel.position(0);
      return read(new LittleEndianInput(channel));
    }
  }

  private static void write(StateArray array, LittleEndianOutput out) throws IOException {
    if (array instanceof StateArray.Floats floats) {
      out.int8(FLOATS);
      out.int32(array.length());
      out.floats(floats.values());
    } else if (array instanceof StateArray.Doubles doubles) {
      out.int8(DOUBLES);
      out.int32(array.length());
      out.doubles(doubles.values());
    } else if (array instanceof StateArray.Longs longs) {
      out.int8(LONGS);
      out.int32(array.length());
      out.longs(longs.values());
    } else {
      throw new AssertionError("no form of " + array.getClass().getSimpleName());
    }
  }

  private static Checkpoint read(LittleEndianInput in) throws IOException {
    if (in.int64() != MAGIC) {
      throw new CorruptCheckpointException("it is no checkpoint");
    }
    int version = in.int32();
    if (version != VERSION) {
      throw new CorruptCheckpointException(
          "its format must be version %d, but was %d".formatted(VERSION, version));
    }
    SortedMap<String, String> fingerprint = new TreeMap<>();
    for (int count = in.int32(); count > 0; count--) {
      fingerprint.put(in.text(), in.text());
    }
    long epochsDone = in.int64();
    SortedMap<String, StateArray> arrays = new TreeMap<>();
    for (int count = in.int32(); count > 0; count--) {
      arrays.put(in.text(), array(in));
    }
    return new Checkpoint(new RunFingerprint(fingerprint), new TrainingState(epochsDone, arrays));
  }

  private static StateArray array(LittleEndianInput in) throws IOException {
    int type = in.int8();
    int length = in.int32();
    return switch (type) {
      case FLOATS -> new StateArray.Floats(in.floats(length));
      case DOUBLES -> new StateArray.Doubles(in.doubles(length));
      case LONGS -> new StateArray.Longs(in.longs(length));
      default -> throw new CorruptCheckpointException("it has an array of type " + type);
    };
  }

  private static void verify(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < TRAILER_BYTES) {
      throw new CorruptCheckpointException("it has only " + size + " bytes");
    }
    long checked = size - Integer.BYTES;
    CRC32C checksum = new CRC32C();
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    for (long done = 0; done < checked; ) {
      block.clear().limit((int) Math.min(BLOCK_BYTES, checked - done));
      readFully(channel, done, block);
      done += block.limit();
      checksum.update(block.flip());
    }
    ByteBuffer trailer = ByteBuffer.allocate(TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readFully(channel, size - TRAILER_BYTES, trailer);
    trailer.flip();
    if (trailer.getLong() != size) {
      throw new CorruptCheckpointException("it has another size than was written");
    }
    if (trailer.getInt() != (int) checksum.getValue()) {
      throw new CorruptCheckpointException("its checksum is wrong");
    }
  }

  private static void readFully(FileChannel channel, long position, ByteBuffer block)
      throws IOException {
    while (block.hasRemaining()) {
      if (channel.read(block, position + block.position()) < 0) {
        throw new CorruptCheckpointException("it got shorter while it was read");
      }
    }
  }
}
