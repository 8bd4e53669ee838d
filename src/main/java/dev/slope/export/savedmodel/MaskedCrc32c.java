package dev.slope.export.savedmodel;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * CRC-32C, rotated right by 15 bits and offset by a constant, as LevelDB's tables and TensorFlow's
 * bundles store it: a checksum of data that contains checksums stays meaningful.
 */
final class MaskedCrc32c {
  private static final int MASK_DELTA = 0xa282ead8;

  private final CRC32C crc = new CRC32C();

  static int of(ByteString bytes) {
    return new MaskedCrc32c().update(bytes).value();
  }

  MaskedCrc32c update(ByteString bytes) {
    bytes.asReadOnlyByteBufferList().forEach(crc::update);
    return this;
  }

  int value() {
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }

  /** Four bytes, little endian: the form of every fixed integer in these files. */
  static ByteString fixed32(int value) {
    return ByteString.copyFrom(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).flip());
  }
}
