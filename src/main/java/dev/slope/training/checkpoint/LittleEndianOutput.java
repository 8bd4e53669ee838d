package dev.slope.training.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Writes numbers to a channel in blocks, least byte first, and ends with size and checksum. */
final class LittleEndianOutput {
  private static final int BLOCK_BYTES = 1 << 16;

  private final WritableByteChannel channel;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C checksum = new CRC32C();
  private long flushedBytes;

  LittleEndianOutput(WritableByteChannel channel) {
    this.channel = channel;
  }

  void int8(int value) throws IOException {
    reserve(Byte.BYTES);
    block.put((byte) value);
  }

  void int32(int value) throws IOException {
    reserve(Integer.BYTES);
    block.putInt(value);
  }

  void int64(long value) throws IOException {
    reserve(Long.BYTES);
    block.putLong(value);
  }

  /** The length of the UTF-8 text in bytes, then those. */
  void text(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int32(bytes.length);
    for (int from = 0; from < bytes.length; ) {
      reserve(Byte.BYTES);
      int count = Math.min(block.remaining(), bytes.length - from);
      block.put(bytes, from, count);
      from += count;
    }
  }

  void floats(float[] values) throws IOException {
    for (int from = 0; from < values.length; ) {
      reserve(Float.BYTES);
      int count = Math.min(block.remaining() / Float.BYTES, values.length - from);
      block.asFloatBuffer().put(values, from, count);
      block.position(block.position() + count * Float.BYTES);
      from += count;
    }
  }

  void doubles(double[] values) throws IOException {
    for (int from = 0; from < values.length; ) {
      reserve(Double.BYTES);
      int count = Math.min(block.remaining() / Double.BYTES, values.length - from);
      block.asDoubleBuffer().put(values, from, count);
      block.position(block.position() + count * Double.BYTES);
      from += count;
    }
  }

  void longs(long[] values) throws IOException {
    for (int from = 0; from < values.length; ) {
      reserve(Long.BYTES);
      int count = Math.min(block.remaining() / Long.BYTES, values.length - from);
      block.asLongBuffer().put(values, from, count);
      block.position(block.position() + count * Long.BYTES);
      from += count;
    }
  }

  /** The size of the whole, these twelve bytes included, then the CRC-32C of all before it. */
  void end() throws IOException {
    int64(flushedBytes + block.position() + Long.BYTES + Integer.BYTES);
    flush();
    int32((int) checksum.getValue());
    flush();
  }

  private void reserve(int bytes) throws IOException {
    if (block.remaining() < bytes) {
      flush();
    }
  }

  private void flush() throws IOException {
    block.flip();
    checksum.update(block.duplicate());
    flushedBytes += block.remaining();
    while (block.hasRemaining()) {
      channel.write(block);
    }
    block.clear();
  }
}
