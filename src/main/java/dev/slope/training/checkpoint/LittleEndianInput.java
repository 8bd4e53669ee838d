package dev.slope.training.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/** Reads what {@link LittleEndianOutput} wrote. */
final class LittleEndianInput {
  private static final int BLOCK_BYTES = 1 << 16;

  private final ReadableByteChannel channel;
  private final ByteBuffer block =
      ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN).flip();

  LittleEndianInput(ReadableByteChannel channel) {
    this.channel = channel;
  }

  int int8() throws IOException {
    require(Byte.BYTES);
    return block.get();
  }

  int int32() throws IOException {
    require(Integer.BYTES);
    return block.getInt();
  }

  long int64() throws IOException {
    require(Long.BYTES);
    return block.getLong();
  }

  String text() throws IOException {
    byte[] bytes = new byte[int32()];
    for (int from = 0; from < bytes.length; ) {
      require(Byte.BYTES);
      int count = Math.min(block.remaining(), bytes.length - from);
      block.get(bytes, from, count);
      from += count;
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  float[] floats(int length) throws IOException {
    float[] values = new float[length];
    for (int from = 0; from < length; ) {
      require(Float.BYTES);
      int count = Math.min(block.remaining() / Float.BYTES, length - from);
      block.asFloatBuffer().get(values, from, count);
      block.position(block.position() + count * Float.BYTES);
      from += count;
    }
    return values;
  }

  double[] doubles(int length) throws IOException {
    double[] values = new double[length];
    for (int from = 0; from < length; ) {
      require(Double.BYTES);
      int count = Math.min(block.remaining() / Double.BYTES, length - from);
      block.asDoubleBuffer().get(values, from, count);
      block.position(block.position() + count * Double.BYTES);
      from += count;
    }
    return values;
  }

  long[] longs(int length) throws IOException {
    long[] values = new long[length];
    for (int from = 0; from < length; ) {
      require(Long.BYTES);
      int count = Math.min(block.remaining() / Long.BYTES, length - from);
      block.asLongBuffer().get(values, from, count);
      block.position(block.position() + count * Long.BYTES);
      from += count;
    }
    return values;
  }

  private void require(int bytes) throws IOException {
    if (block.remaining() >= bytes) {
      return;
    }
    block.compact();
    while (block.position() < bytes) {
      if (channel.read(block) < 0) {
        throw new EOFException("it ends too early");
      }
    }
    block.flip();
  }
}
